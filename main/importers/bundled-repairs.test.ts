import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { repairsOf } from '../../shared/reading/repair-score.ts';
import { dailyPapersText } from './daily-papers-text.ts';
import { titleId } from './identity.ts';
import { inputFolder, recordsOf } from './inputs-for-tests.ts';
import { inspectInput } from './read-input.ts';

const folder = inputFolder();
afterAll(() => folder.remove());

/**
 * Every paper of the bundled capture, title and abstract read by eye before and after the repair: its id, how its title
 * begins, and what is repaired in it.
 */
const looked: [id: string, title: string, repaired: [damaged: string, latex: string][]][] = [
  ['title:c8ccb6f53ac0ff10697e', 'Adversarial Imitation Learning via Boosting', []],
  ['title:901339d76f36e44a6b27', 'Small LLMs Are Weak Tool Learners: A Multi-LLM Agent', []],
  ['title:7d5cccbd918df58c6af3', 'Debate Helps Weak-to-Strong Generalization', []],
  ['title:137646ee1e0677ea63c2', 'Weak-to-Strong Reasoning', []],
  ['title:b1435009303edd3c1048', 'Weak-to-Strong Generalization: Eliciting Strong Capabilities', []],
  [
    'title:b6043954c83ef12d5ec0',
    'WeakSTIL: Weak whole-slide image level stromal tumor infiltr',
    [
      ['0.45pm0.15', '0.45\\pm 0.15'],
      ['0.89pm0.05', '0.89\\pm 0.05'],
    ],
  ],
  ['title:3543968ba03037b20fc7', 'Soft Prompt Tuning for Augmenting Dense Retrieval with Large', []],
  [
    'title:9dc5fca9ff9218e0edd9',
    'On the Provable Advantage of Unsupervised Pretraining',
    [
      ['Phi', '\\Phi'],
      ['Psi', '\\Psi'],
      ['mathcal{O}(mathcal{C_Phi/m} + mathcal{C_Psi/n})', '\\mathcal{O}(\\mathcal{C}_\\Phi/m + \\mathcal{C}_\\Psi/n)'],
      ['C_Phi', 'C_\\Phi'],
      ['C_Psi', 'C_\\Psi'],
      ['Phi', '\\Phi'],
      ['Psi', '\\Psi'],
      ['m', 'm'],
      ['n', 'n'],
      ['mathcal{O}(mathcal{C_{Phi circ Psi}/n})', '\\mathcal{O}(\\mathcal{C}_{\\Phi \\circ \\Psi}/n)'],
      ['m gg n', 'm \\gg n'],
      ['C_{Phicirc Psi} > C_Psi', 'C_{\\Phi\\circ \\Psi} > C_\\Psi'],
    ],
  ],
  ['title:58f68d4cfd7d92149e9a', 'Retrieval-Augmented Meta Learning for Low-Resource Text Clas', []],
  ['title:21d0139619ec4064604d', 'Zero-shot and Few-shot Learning with Knowledge Graphs: A Com', []],
  ['title:8e84d248583d14c4790a', 'Mistral-SPLADE: LLMs for better Learned Sparse Retrieval', []],
  ['title:4affa9847ee2010f4848', 'Evaluating Unsupervised Text Classification: Zero-shot and S', []],
  ['title:f45a3ed14cd8b263ed27', 'The Z-loss: a shift and scale invariant classification loss', []],
  ['title:3259d07b5070ec4a388b', 'Boosting Tool Use of Large Language Models via Iterative Rei', []],
  ['title:9fb2e67e89d433501b9e', 'Internet-augmented language models through few-shot promptin', []],
  ['title:b0b7f4464fe1b98d2338', 'Vector representations of text data in deep learning', []],
  ['title:07dce07e9ff714131e34', 'The Hyperfitting Phenomenon: Sharpening and Stabilizing LLMs', []],
  [
    'title:9ac8095d73bb65775c5c',
    'Improved Active Multi-Task Representation Learning via Lasso',
    [
      ['nu^2', '\\nu^2'],
      ['nu^1', '\\nu^1'],
      ['nu^2', '\\nu^2'],
      ['nu^1', '\\nu^1'],
      ['nu^1', '\\nu^1'],
      ['nu^1', '\\nu^1'],
    ],
  ],
  ['title:d761d461864b7151f447', 'A Survey of Active Learning for Text Classification using De', []],
  ['title:cc1af69132e292913d4a', 'Dynamic Sparse Learning: A Novel Paradigm for Efficient Reco', []],
  ['title:fe5b74ec4b279f290d88', 'Robust Active Distillation', []],
  ['title:c5f819dda01f9b7ff6e3', 'Understanding In-Context Learning in Transformers and LLMs b', []],
  ['title:0f06d5eda2f976c504fa', 'Rich Feature Construction for the Optimization-Generalizatio', []],
  ['title:9d83fbdb3ea48d3bbde0', "On Giant's Shoulders: Effortless Weak to Strong by Dynamic L", []],
  ['title:285f4a0945653212578f', 'CodeGen2: Lessons for Training LLMs on Programming and Natur', []],
  ['title:5a28419155ba4e5fa6d2', 'ALLoRA: Adaptive Learning Rate Mitigates LoRA Fatal Flaws', [['ell_2', '\\ell_2']]],
  ['title:17e6527ddd26bb4263e8', 'Enhancing Code Generation for Low-Resource Languages: No Sil', []],
  ['title:0c376ac9f3cf6231aefa', 'Long-Context LLMs Meet RAG: Overcoming Challenges for Long I', []],
  ['title:55dc2f7520d39a339d18', 'Symbolic Discovery of Optimization Algorithms', []],
  ['title:e768b1e369953aaa35cd', 'ELECTRA: Pre-training Text Encoders as Discriminators Rather', []],
  ['title:4457e18dafb9fa4ee90f', 'Unsupervised Dense Information Retrieval with Contrastive Le', []],
  ['title:62c8516d013590726a7a', 'Order Matters: Sequence to sequence for sets', []],
  ['title:1e622688fead00ef6c0b', 'The Unreasonable Effectiveness of Easy Training Data for Har', []],
  ['title:07073bb0011e047f9cfb', 'Towards Competitive Search Relevance For Inference-Free Lear', []],
  ['title:aff923902bf88bb7752a', 'Survival of the Most Influential Prompts: Efficient Black-Bo', []],
  ['title:5628ee7fe3f0599c4a78', 'Enabling Weak LLMs to Judge Response Reliability via Meta Ra', []],
  ['title:c19edd3a6bec02577ca4', 'Dynamic Sparse No Training: Training-Free Fine-tuning for Sp', []],
  ['title:049aa88d2be615418f15', 'POINTS: Improving Your Vision-language Model with Affordable', []],
  ['title:154b10302e399e7b3b2a', 'General-Purpose In-Context Learning by Meta-Learning Transfo', []],
  ['title:05bc3790b5fc4028d3bf', 'Hard Negatives or False Negatives: Correcting Pooling Bias i', []],
  ['title:f556824a7d019389b3e2', 'Sliding Windows Are Not the End: Exploring Full Ranking with', []],
  ['title:8af35c5dc64fd505f926', 'Geometry-Aware Adaptation for Pretrained Models', []],
  ['title:d8c97892763907a503eb', 'Improving Few-Shot Cross-Domain Named Entity Recognition by', []],
  ['title:aecdd481e66d7d3727d6', 'SLTrain: a sparse plus low-rank approach for parameter and m', []],
  ['title:56cb709cfbaadbbfc072', 'Few-Shot Class-Incremental Learning via Training-Free Protot', []],
  ['title:86b6bd67f4a9f8ac5d4b', 'Retrieval Augmented Generation (RAG) and Beyond: A Comprehen', []],
  ['title:39fc003cabeb4fee5258', 'Adapting Language Models for Zero-shot Learning by Meta-tuni', []],
  ['title:81666c8b4604cd3a51b2', 'SuSana Distancia is all you need: Enforcing class separabili', []],
  ['title:ddcc6e1e6a2037b80a2b', 'Self-Training for Sample-Efficient Active Learning for Text', []],
  ['title:21d58e4cbe85eb17a876', 'Autoregressive Search Engines: Generating Substrings as Docu', []],
  ['title:b63d56058ddb16317e3e', 'DefSent+: Improving sentence embeddings of language models b', []],
  ['title:05ee709e5ad37b9ccef2', 'Large Language Models are In-Context Molecule Learners', []],
  ['title:e01e3fe86fe392c8f7ce', 'Sparsing Law: Towards Large Language Models with Greater Act', []],
  ['title:3b764f4235ac9c86f853', 'Model Editing with Canonical Examples', [['approx 10', '\\approx 10']]],
  ['title:6a7d5aa97ed843122266', 'Making the Most of your Model: Methods for Finetuning and Ap', []],
];

test('what is repaired in each paper of the bundled capture is what was damaged in it', async () => {
  const capture = readFileSync(new URL('../../resources/daily-papers.txt', import.meta.url), 'utf8');
  const path = folder.write('page.txt', capture);
  const records = await recordsOf(await inspectInput({ path, name: 'page.txt', format: dailyPapersText.format }));
  const found = records.map((record) => {
    if (record.kind !== 'paper') throw new Error(`skipped: ${record.reason}`);
    const { title, abstract } = record.paper;
    return [titleId(title), title.slice(0, 60).trim(), [...repairsOf(title), ...repairsOf(abstract ?? '')]];
  });
  expect(found).toEqual(looked);
});
