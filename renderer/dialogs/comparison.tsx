import { useId } from 'react';
import type { Paper } from '../../shared/paper.ts';
import { compared } from '../state/duplicates.ts';

interface ComparisonProps {
  papers: readonly Paper[];
  /** Index of the paper whose id is kept. */
  kept: number;
  onKeep(index: number): void;
}

/** Papers side by side, field by field. Where they differ is marked with a sign, and said. */
export function Comparison({ papers, kept, onKeep }: ComparisonProps) {
  const name = useId();
  return (
    <div className="comparison">
      <table>
        <thead>
          <tr>
            <td />
            {papers.map((paper, index) => (
              <th key={paper.id} scope="col">
                <label className="keep">
                  <input type="radio" name={name} checked={index === kept} onChange={() => onKeep(index)} />
                  {index === kept ? 'Keep this one' : 'Keep instead'}
                </label>
                <span className="compared-id">{paper.id}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {compared(papers).map((field) => (
            <tr key={field.name} data-differs={field.differs || undefined}>
              <th scope="row">
                {field.name}
                {field.differs && (
                  <span className="differs">
                    <span aria-hidden="true">≠</span>
                    <span className="unseen">, differs</span>
                  </span>
                )}
              </th>
              {field.values.map((value, index) => (
                <td key={papers[index]?.id} dir="auto">
                  {value === '' ? <span className="absent">none</span> : <p className="compared-text">{value}</p>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
