import { expect, test } from 'vitest';
import { isEnglish } from './english.ts';

test.each([
  ['We study an analogy for this problem: can weak model supervision elicit the full capabilities of a model?', true],
  ['In this work, we show that the loss of deep networks is convex in every layer, and that training is fast.', true],
  [
    'Nous étudions la perte des réseaux profonds et nous montrons que la fonction est convexe dans chaque couche.',
    false,
  ],
  [
    'Wir untersuchen in dieser Arbeit, wie die Verluste tiefer Netze von der Breite der Schichten abhängen können.',
    false,
  ],
  [
    'En este trabajo se presenta un método para la detección de objetos en imágenes que es más rápido que otros.',
    false,
  ],
  ['我们研究了深度网络的损失函数，并证明它在每一层中都是凸的。', false],
  ['Weak-to-Strong Generalization', false],
  ['', false],
])('%s', (text, english) => {
  expect(isEnglish(text)).toBe(english);
});
