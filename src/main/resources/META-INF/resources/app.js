import * as service from './service.js';

const $ = (id) => document.getElementById(id);
const KINDS = { xray: 'X-ray', ecg: 'ECG', report: 'Report' };
let shown = null;

/** An element with text; text is never parsed as markup. */
function make(tag, text = '', attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}

async function attempt(status, work) {
  status.classList.remove('error');
  try {
    await work();
  } catch (problem) {
    status.classList.add('error');
    status.textContent = problem.message;
  }
}

function filter() {
  const parts = [['sex:', 'sex'], ['age>=', 'age-from'], ['age<=', 'age-to'], ['date>=', 'date-from'], ['date<=', 'date-to']];
  return parts.filter(([, id]) => $(id).value).map(([condition, id]) => condition + $(id).value).join(' ');
}

const options = () => ({ modality: $('modality').value, filter: filter(), group: $('group').value });

function describe(hit) {
  return [hit.date, hit.sex, hit.age == null ? null : `${hit.age} years`, ...(hit.tags ?? [])].filter(Boolean).join(' · ');
}

function card(hit) {
  const article = make('article', '', { class: 'hit', 'data-instance': hit.instance, 'data-modality': hit.modality });
  const kind = KINDS[hit.modality] ?? hit.modality;
  article.append(make('h3', `${hit.rank}. ${kind}`));
  if (hit.modality === 'report') {
    const words = make('p', '', { class: 'words' });
    article.append(words);
    service.report(hit.instance).then((text) => { words.textContent = text; }, () => {});
  } else {
    article.append(make('img', '', { class: 'picture', loading: 'lazy', alt: `${kind}, hit ${hit.rank}`, src: service.thumbnail(hit.instance) }));
  }
  article.append(make('p', `score ${hit.score.toFixed(3)}`), make('p', describe(hit)));
  const row = make('div', '', { class: 'row' });
  const open = make('button', 'Open', { type: 'button', 'aria-label': `Open hit ${hit.rank}` });
  const similar = make('button', 'Similar', { type: 'button', 'aria-label': `Find what is similar to hit ${hit.rank}` });
  open.addEventListener('click', () => show(hit.instance));
  similar.addEventListener('click', () => find(() => service.search({ instance: hit.instance, ...options() })));
  row.append(open, similar);
  article.append(row);
  return article;
}

function find(ask) {
  $('status').textContent = 'Searching …';
  return attempt($('status'), async () => {
    const { hits, model } = await ask();
    $('results').replaceChildren(...hits.map(card));
    $('status').textContent = hits.length === 1 ? '1 hit' : `${hits.length} hits`;
    $('provenance').textContent = `Model ${model.id} ${model.version}, ${model.sha256.slice(0, 16)}…`;
  });
}

async function show(id) {
  shown = id;
  $('probabilities').replaceChildren();
  await attempt($('status'), async () => {
    const instance = await service.details(id);
    $('detail-heading').textContent = KINDS[instance.modality] ?? 'Instance';
    if (instance.modality === 'report') {
      $('view').replaceChildren(make('pre', await service.report(id)));
    } else {
      $('view').replaceChildren(make('img', '', { class: 'picture', alt: KINDS[instance.modality], src: service.picture(id) }));
    }
    const facts = { instance: id, study: instance.study, date: instance.date, sex: instance.sex, age: instance.age, format: instance.format, tags: instance.tags.join(', ') };
    $('facts').replaceChildren(...Object.entries(facts).filter(([, value]) => value != null && value !== '').flatMap(([name, value]) => [make('dt', name), make('dd', String(value))]));
    $('detail').showModal();
  });
}

function bar({ label, probability }) {
  const row = make('div', '', { class: 'bar' });
  row.append(make('span', label), make('meter', '', { min: 0, max: 1, value: probability, 'aria-label': label }), make('span', `${(100 * probability).toFixed(1)} %`));
  return row;
}

$('search-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('query').value.trim();
  const files = $('example').files;
  if (text) {
    history.replaceState(null, '', `?${new URLSearchParams({ q: text, modality: $('modality').value })}`);
    find(() => service.search({ text, k: 24, ...options() }));
  } else if (files.length) {
    find(() => service.searchByFile(files, { k: '24', ...options() }));
  } else {
    $('status').textContent = 'Type some words or choose a file first.';
  }
});

function importAll(files) {
  $('import-status').textContent = `Importing ${files.length} …`;
  return attempt($('import-status'), async () => {
    const account = await service.importFiles(files);
    $('import-status').textContent = ['stored', 'duplicate', 'flagged', 'received', 'failed'].map((outcome) => `${account[outcome]} ${outcome}`).join(', ');
    $('import-items').replaceChildren(...account.items.filter((item) => item.outcome !== 'stored').map((item) => {
      const reasons = [...item.flags, item.error].filter(Boolean).map((flag) => flag.message);
      return make('li', `${item.files.join(', ')}: ${item.outcome}${reasons.length ? `, ${reasons.join('; ')}` : ''}`);
    }));
  });
}

$('import-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if ($('files').files.length) {
    importAll($('files').files);
  }
});
$('drop').addEventListener('dragover', (event) => { event.preventDefault(); $('drop').classList.add('over'); });
$('drop').addEventListener('dragleave', () => $('drop').classList.remove('over'));
$('drop').addEventListener('drop', (event) => {
  event.preventDefault();
  $('drop').classList.remove('over');
  importAll(event.dataTransfer.files);
});

$('close').addEventListener('click', () => $('detail').close());
$('similar').addEventListener('click', () => {
  $('detail').close();
  find(() => service.search({ instance: shown, k: 24, ...options() })).then(() => $('results').focus());
});
$('classify-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const labels = $('labels').value.split(',').map((label) => label.trim()).filter(Boolean);
  attempt($('probabilities'), async () => {
    const { labels: scores } = await service.classify(shown, labels);
    $('probabilities').replaceChildren(...scores.map(bar));
  });
});

// A search is shareable: ?q=words&modality=xray
const start = new URLSearchParams(location.search);
if (start.get('q')) {
  $('query').value = start.get('q');
  $('modality').value = KINDS[start.get('modality')] ? start.get('modality') : 'any';
  $('search-form').requestSubmit();
}
