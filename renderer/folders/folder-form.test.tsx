import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { show } from '../backup/testing.tsx';
import { FolderForm } from './folder-form.tsx';

function form(folder: string | null, problem: string | null = null) {
  const onSave = vi.fn();
  const onCancel = vi.fn();
  show(
    {},
    <FolderForm label="In the folder" {...{ folder, problem, onSave, onCancel }}>
      <input aria-label="Something else" />
    </FolderForm>,
  );
  return { onSave, onCancel };
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'In the folder' });

test('has the keys from the start, then what else is chosen, then its buttons', async () => {
  const { onCancel } = form(null);
  const order = [field(), screen.getByLabelText('Something else')];
  order.push(...['Turn on', 'Cancel'].map((name) => screen.getByRole<HTMLInputElement>('button', { name })));
  for (const each of order) {
    expect(document.activeElement).toBe(each);
    await userEvent.tab();
  }
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onCancel).toHaveBeenCalledOnce();
});

test('saves a folder without the space around it, and one that cannot be a folder not at all', async () => {
  const { onSave } = form('/media/stick');
  await userEvent.clear(field());
  await userEvent.keyboard('stick{Enter}');
  expect(screen.getByRole('alert').textContent).toContain('whole path');
  expect(onSave).not.toHaveBeenCalled();
  await userEvent.clear(field());
  await userEvent.keyboard(' /media/disk ');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(onSave).toHaveBeenCalledExactlyOnceWith('/media/disk');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('says at the folder why it was not saved', () => {
  form('/media/stick', 'There is no folder /media/stick.');
  expect(field().getAttribute('aria-invalid')).toBe('true');
  const words = document.getElementById(field().getAttribute('aria-describedby') ?? '');
  expect(words?.textContent).toBe('There is no folder /media/stick.');
});
