// The calls of this page. Every failure is an Error with the words of the service's problem document.
async function answer(response) {
  const type = response.headers.get('Content-Type') ?? '';
  const body = type.includes('json') ? await response.json() : await response.text();
  if (!response.ok) {
    throw new Error(body.detail ?? body.title ?? `the service answered ${response.status}`);
  }
  return body;
}

const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then(answer);

function form(files, fields = {}) {
  const data = new FormData();
  Object.entries(fields).filter(([, value]) => value).forEach(([name, value]) => data.append(name, value));
  [...files].forEach((file) => data.append('file', file, file.name));
  return data;
}

const upload = (path, files, fields) => fetch(path, { method: 'POST', body: form(files, fields) }).then(answer);
const instance = (id, part = '') => `/v1/instances/${encodeURIComponent(id)}${part}`;

export const picture = (id) => instance(id, '/rendered');
export const thumbnail = (id) => instance(id, '/thumbnail');
export const report = (id) => fetch(instance(id, '/report'), { headers: { Accept: 'text/plain' } }).then(answer);
export const details = (id) => fetch(instance(id)).then(answer);
export const importFiles = (files) => upload('/v1/studies?wait=30', files);
export const search = (body) => post('/v1/search', body);
export const searchByFile = (files, fields) => upload('/v1/search', files, fields);
export const classify = (id, labels) => post('/v1/classify', { instance: id, labels });
