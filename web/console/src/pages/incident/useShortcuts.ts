import { useEffect, useRef } from 'react';

/** Runs an action for a single key, except while typing, while a dialog is open or with a modifier held. */
export function useShortcuts(enabled: boolean, actions: Readonly<Record<string, () => void>>): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    if (!enabled) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
      const target = event.target as HTMLElement | null;
      if (target?.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]')) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const action = current.current[event.key.toUpperCase()];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [enabled]);
}

const storageKey = 'cinnabar.shortcuts';

// Single-key shortcuts get in the way of speech input; WCAG 2.1.4 asks for a switch.
export const shortcutsStored = (): boolean => localStorage.getItem(storageKey) !== 'off';
export const storeShortcuts = (on: boolean): void => localStorage.setItem(storageKey, on ? 'on' : 'off');
