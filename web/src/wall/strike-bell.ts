/** Partials of a low bronze bell: times its pitch, loudness, seconds until it has faded. The minor third is what makes a bell. */
const PARTIALS = [
  [0.5, 0.5, 4.2],
  [1, 0.8, 3.2],
  [1.19, 0.45, 2.4],
  [1.5, 0.28, 1.8],
  [2, 0.38, 1.4],
  [2.52, 0.16, 0.8],
] as const;
const PITCH = 164.8;
const LOUDNESS = 0.22;
const APART = 1.1;

/** One or two strokes, made from sine waves; the nodes let go of themselves once they have faded. */
export function strikeBell(audio: AudioContext, strokes: 1 | 2): void {
  for (let stroke = 0; stroke < strokes; stroke++) {
    const at = audio.currentTime + 0.02 + stroke * APART;
    for (const [times, loud, seconds] of PARTIALS) {
      const wave = audio.createOscillator();
      const gain = audio.createGain();
      wave.frequency.value = PITCH * times;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(LOUDNESS * loud, at + 0.012);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
      wave.connect(gain).connect(audio.destination);
      wave.start(at);
      wave.stop(at + seconds + 0.05);
      wave.onended = () => gain.disconnect();
    }
  }
}
