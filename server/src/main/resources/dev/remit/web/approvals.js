// Keys for the questions: j and k go from one to the next, the others press its buttons.
const all = [...document.querySelectorAll('[data-question]')];
const here = () => document.activeElement && document.activeElement.closest('[data-question]');

function go(step) {
  const at = all.indexOf(here());
  const to = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  if (!to) return;
  to.focus();
  to.scrollIntoView({block: 'nearest'});
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest('input, textarea, select')) return;
  if (event.key === 'j') go(1);
  else if (event.key === 'k') go(-1);
  else {
    const question = here();
    const button = question && /^[ytln]$/.test(event.key)
      && question.querySelector(`[data-key="${event.key}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});
