import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestAuthorization } from './digest-auth.ts';

const REQUEST = { method: 'GET', uri: '/dir/index.html', username: 'Mufasa', password: 'Circle of Life' };
const OPAQUE = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
const NONCE = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';

/** RFC 7616 §3.9.1. */
for (const [algorithm, response] of [
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
] as const) {
  test(`the example of RFC 7616 with ${algorithm}`, () => {
    const challenge = `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${NONCE}", opaque="${OPAQUE}"`;
    const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
    const answer = digestAuthorization(challenge, REQUEST, cnonce) ?? '';
    assert.match(answer, new RegExp(`response="${response}"`));
    assert.match(answer, /qop=auth, nc=00000001/);
  });
}

test('a challenge of RFC 2069, without qop', () => {
  const request = { ...REQUEST, password: 'CircleOfLife' };
  const challenge = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
  const answer = digestAuthorization(challenge, request) ?? '';
  assert.match(answer, /response="1949323746fe6a43ef61f9606e7febea"/);
  assert.doesNotMatch(answer, /cnonce/);
});

test('what cannot be answered is not', () => {
  for (const challenge of [
    'Basic realm="x"',
    'Digest realm="x"',
    'Digest nonce="n", qop="auth-int"',
    'Digest nonce="n", algorithm=X',
  ]) {
    assert.equal(digestAuthorization(challenge, REQUEST), undefined, challenge);
  }
});
