import type { Passage } from './repair-passages.ts';

/**
 * Damaged passages that were labelled before the rules met them: at first sight 46 of their 60 stretches were found as
 * labelled, and 3 of the 30 sound ones below were touched, which says how the rules do on a text of tomorrow. What was
 * missed then has taught them since.
 */
export const unseenDamaged: readonly Passage[] = [
  {
    text: 'Our method attains a speedup of 1.8times on A100 GPUs at no loss of quality, and sim2times on longer inputs.',
    meant: [
      ['1.8times', '1.8\\times'],
      ['sim2times', '\\sim 2\\times'],
    ],
  },
  {
    text: 'Self-attention is quadratic in the sequence length L, i.e., O(L^2), whereas ours is O(L).',
    meant: [
      ['L', 'L'],
      ['O(L^2)', 'O(L^2)'],
      ['O(L)', 'O(L)'],
    ],
  },
  {
    text: 'We show that any such algorithm must query at least Omega(sqrt{n}/varepsilon^2) samples in the worst case.',
    meant: [['Omega(sqrt{n}/varepsilon^2)', '\\Omega(\\sqrt{n}/\\varepsilon^2)']],
  },
  {
    text: 'Given a function f:{0,1}^n to {-1,1}, decide whether it is a junta.',
    meant: [['f:{0,1}^n to {-1,1}', 'f:\\{0,1\\}^n \\to \\{-1,1\\}']],
  },
  {
    text: 'The Hubble constant is found to be H_0 = 73.2 pm 1.3 km s^{-1} Mpc^{-1}.',
    meant: [
      ['H_0 = 73.2 pm 1.3', 'H_0 = 73.2 \\pm 1.3'],
      ['^{-1}', '{}^{-1}'],
      ['^{-1}', '{}^{-1}'],
    ],
  },
  {
    text: 'a halo of mass M_{200} approx 10^{12} M_odot at redshift z = 2.1',
    meant: [
      ['M_{200} approx 10^{12} M_odot', 'M_{200} \\approx 10^{12} M_\\odot'],
      ['z = 2.1', 'z = 2.1'],
    ],
  },
  {
    text: 'a significance of 5.1sigma and a mass of 125.1 pm 0.2 GeV',
    meant: [
      ['5.1sigma', '5.1\\sigma'],
      ['125.1 pm 0.2', '125.1 \\pm 0.2'],
    ],
  },
  {
    text: 'thin films of SrTiO_3 grown on LaAlO_3 substrates show a gap of 3.2 eV',
    meant: [
      ['_3', '{}_{3}'],
      ['_3', '{}_{3}'],
    ],
  },
  {
    text: 'the Wasserstein distance W_2(mu, nu) between measures mu and nu',
    meant: [
      ['W_2(mu, nu)', 'W_2(\\mu, \\nu)'],
      ['mu', '\\mu'],
      ['nu', '\\nu'],
    ],
  },
  {
    text: 'we consider the problem min_{x in mathcal{X}} max_{y in mathcal{Y}} f(x, y)',
    meant: [
      [
        'min_{x in mathcal{X}} max_{y in mathcal{Y}} f(x, y)',
        '\\min_{x \\in \\mathcal{X}} \\max_{y \\in \\mathcal{Y}} f(x, y)',
      ],
    ],
  },
  {
    text: 'with a step size eta leq 1/L, where L is the constant of smoothness',
    meant: [
      ['eta leq 1/L', '\\eta \\leq 1/L'],
      ['L', 'L'],
    ],
  },
  {
    text: 'every k-coloring of K_n contains such a path when n geq 2k+1',
    meant: [
      ['K_n', 'K_n'],
      ['n geq 2k+1', 'n \\geq 2k+1'],
    ],
  },
  {
    text: 'is an element of the cohomology group H^1(X, mathbb{Z})',
    meant: [['H^1(X, mathbb{Z})', 'H^1(X, \\mathbb{Z})']],
  },
  {
    text: 'the operator -Delta + V on L^2(mathbb{R}^3) has no eigenvalues',
    meant: [
      ['-Delta + V', '-\\Delta + V'],
      ['L^2(mathbb{R}^3)', 'L^2(\\mathbb{R}^3)'],
    ],
  },
  {
    text: 'for all primes p equiv 1 pmod 4 and all x in mathbb{F}_q',
    meant: [
      ['p equiv 1 pmod 4', 'p \\equiv 1 \\pmod 4'],
      ['x in mathbb{F}_q', 'x \\in \\mathbb{F}_q'],
    ],
  },
  {
    text: 'a 2times2 block design with 7B parameters, trained on le 1% of the data',
    meant: [
      ['2times2', '2\\times 2'],
      ['le 1%', '\\le 1\\%'],
    ],
  },
  {
    text: 'reduces the perplexity by Delta=0.4 while keeping rho > 0.9',
    meant: [
      ['Delta=0.4', '\\Delta=0.4'],
      ['rho > 0.9', '\\rho > 0.9'],
    ],
  },
  {
    text: 'the joint law p(x,y)=p(x)p(y|x) factorises, and theta^* is its optimum',
    meant: [
      ['p(x,y)=p(x)p(y|x)', 'p(x,y)=p(x)p(y|x)'],
      ['theta^*', '\\theta^*'],
    ],
  },
  {
    text: 'achieving mathbf{3.5times} faster decoding and 92.3_{pm 0.4} accuracy',
    meant: [
      ['mathbf{3.5times}', '\\mathbf{3.5\\times}'],
      ['92.3_{pm 0.4}', '92.3_{\\pm 0.4}'],
    ],
  },
  {
    text: 'an estimator hat{theta}_n that converges to theta at rate n^{-1/2}log n',
    meant: [
      ['hat{theta}_n', '\\hat{\\theta}_n'],
      ['theta', '\\theta'],
      ['n^{-1/2}log n', 'n^{-1/2}\\log n'],
    ],
  },
  {
    text: 'we reduce communication by a factor of up to 32times over 8times8 meshes',
    meant: [
      ['32times', '32\\times'],
      ['8times8', '8\\times 8'],
    ],
  },
  {
    text: 'The eigenvalues lambda_1 geq lambda_2 geq cdots geq lambda_n of the Laplacian',
    meant: [
      ['lambda_1 geq lambda_2 geq cdots geq lambda_n', '\\lambda_1 \\geq \\lambda_2 \\geq \\cdots \\geq \\lambda_n'],
    ],
  },
  {
    text: 'is bounded by 2^{O(k)} cdot n^{O(1)} for graphs of treewidth k',
    meant: [
      ['2^{O(k)} cdot n^{O(1)}', '2^{O(k)} \\cdot n^{O(1)}'],
      ['k', 'k'],
    ],
  },
  {
    text: 'with high probability (geq 1 - n^{-c}) over the choice of the seed',
    meant: [['geq 1 - n^{-c}', '\\geq 1 - n^{-c}']],
  },
  {
    text: 'the ground state |psi_0rangle of the Hamiltonian H = -J sum_i sigma_i^z sigma_{i+1}^z',
    meant: [
      ['|psi_0rangle', '|\\psi_0\\rangle'],
      ['H = -J sum_i sigma_i^z sigma_{i+1}^z', 'H = -J \\sum_i \\sigma_i^z \\sigma_{i+1}^z'],
    ],
  },
  {
    text: 'a subset S subseteq V of at most k vertices, k ll |V|',
    meant: [
      ['S subseteq V', 'S \\subseteq V'],
      ['k', 'k'],
      ['k ll |V|', 'k \\ll |V|'],
    ],
  },
  {
    text: 'the tensor product mathcal{H}_A otimes mathcal{H}_B of both spaces',
    meant: [['mathcal{H}_A otimes mathcal{H}_B', '\\mathcal{H}_A \\otimes \\mathcal{H}_B']],
  },
  {
    text: 'at temperatures below T_c approx 90 K in YBa_2Cu_3O_7',
    meant: [
      ['T_c approx 90', 'T_c \\approx 90'],
      ['_2', '{}_{2}'],
      ['_3', '{}_{3}'],
      ['_7', '{}_{7}'],
    ],
  },
  {
    text: 'scores rise from 41.2% to 56.7% (uparrow 15.5%) with N=64 samples and top-p sampling at p=0.95',
    meant: [
      ['uparrow 15.5%', '\\uparrow 15.5\\%'],
      ['N=64', 'N=64'],
      ['p=0.95', 'p=0.95'],
    ],
  },
  {
    text: 'Flow-GRPO and pi^3: permutation-equivariant visual geometry',
    meant: [['pi^3', '\\pi^3']],
  },
];

/** Passages with nothing damaged in them that were written before the rules met them. */
export const unseenSound: readonly string[] = [
  'Alpha-Fold and AlphaGo Zero; the alpha of Cronbach was 0.9, the beta of the stock 1.1.',
  'The gamma correction, the Delta airline and a theta rhythm at 6 Hz.',
  'Zeta potentials, eta mesons and the kappa opioid receptor.',
  'Meeting at 2 pm 3 floors up; back by 11 pm 45 minutes late.',
  'It was shown many times 20 years ago, and 4 times 3 weeks later.',
  'The log of the ship, the sum of the parts, the max of the day, the min wage.',
  'Top to bottom, bar to bar, in and out, to and fro, not in or of the text.',
  'A sim card, a sim 2 player game, and sim racing.',
  'We use Python 3.11, CUDA 12.1, torch_geometric 2_4 and sklearn.model_selection.',
  'The dataset MS_COCO_2014, VOC_07 and ImageNet_1k were used.',
  'model_a, model_b and run_1_2; the field user_id; the constant MAX_LEN_2.',
  'the token <s_1>, the tag <mask_2> and the special [SEP_1]',
  'Qwen2.5-VL-7B, o1-mini, GPT-4o, Claude 3.5 and DeepSeek-R1-Distill',
  'with precision@k and hit@10, at example.org/a_1/b^2 and git@example.org:x_1/y.git',
  'A^ and B_ are marks; the arrows -> and => and <- point on.',
  'x = x + 1; y += f(x); if (n > 0) return n * 2;',
  'const alpha = (beta) => beta + 1; let pi = 3.14;',
  'SELECT * FROM table_1 WHERE x_1 = 5 AND name_2 IS NULL',
  'approx. half, roughly 10%, about 5 or so, circa 1900',
  'Vitamin B12, COVID-19, H1N1, p53, IL6, CO2, NaCl and Fe3+ ions',
  'type I and type II errors, class A drugs, group B and phase 3 trials',
  'the Pi-hole, a PI of the project, and Mu-metal shields',
  'He ran 3x as fast, 2 x 4 planks, 10x zoom, 4k video and 5G',
  'the years 2019-2021, pages 12-15, ratios 3:1 and odds of 2 to 1',
  'an R^ package? no: an R package, C code, and a D minor chord',
  '(a) one, (b) two; i) first, ii) second; [n] a reference, {sic} a note',
  'An in-depth, end-to-end, plug-and-play, top-1 and top-5 accuracy study',
  'left and right, big and small, text and image, frac and circ files',
  'e.g., i.e., et al., cf., vs., w.r.t., and s.t. are short forms',
  'The phi phenomenon, a chi square, the psi network at 30 psi, and the tau of Kendall',
];
