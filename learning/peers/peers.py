"""Asks one published package about texts, for `npm run evaluate peers`.

    python peers.py snownlp|cpca|jionlp < rows.jsonl

A row is {"text"}. The first line out is {"version"}, then one {"answer"} a row in order: the share of positive feeling
(snownlp), a division code or null (cpca), [province, city, county] in words or null (jionlp). The last line is
{"seconds"}: processor time for the rows alone. Exit code 3 where the package is not installed.
"""
import contextlib
import importlib.metadata
import json
import sys
import time


def say(value):
    print(json.dumps(value, ensure_ascii=False), flush=True)


def snownlp(texts):
    from snownlp import SnowNLP

    SnowNLP("好").sentiments
    began = time.process_time()
    # An empty text has no feeling to it; the package divides by zero there.
    return [SnowNLP(text).sentiments if text.strip() else 0.5 for text in texts], began


def cpca(texts):
    import cpca as package

    package.transform(["洛阳市"])
    began = time.process_time()
    codes = package.transform(texts)["adcode"]
    return [code if isinstance(code, str) else None for code in codes], began


def jionlp(texts):
    import jionlp as package

    package.recognize_location("洛阳市")

    def first(text):
        found = package.recognize_location(text)["domestic"]
        if not found:
            return None
        place = found[0][0]
        return [place["province"], place["city"], place["county"]]

    began = time.process_time()
    return [first(text) for text in texts], began


def main():
    name = sys.argv[1]
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        sys.exit(3)
    texts = [json.loads(line)["text"] for line in sys.stdin]
    # What a package prints about itself must not stand among the answers.
    with contextlib.redirect_stdout(sys.stderr):
        answers, began = {"snownlp": snownlp, "cpca": cpca, "jionlp": jionlp}[name](texts)
        seconds = time.process_time() - began
    say({"version": version})
    for answer in answers:
        say({"answer": answer})
    say({"seconds": seconds})


main()
