// A local WeChat in the tests of a file with Jest: npm install --save-dev wxkit jest
const { useWechat } = require("wxkit/jest");

const wechat = useWechat({ seed: 7, faults: ["token:-1,count=1"] });

/** The program under test: fetches a token, and tries once more when WeChat is busy. */
async function token({ WECHAT_BASE, WXKIT_APP_ID, WXKIT_APP_SECRET }) {
  const url = `${WECHAT_BASE}/cgi-bin/token?grant_type=client_credential&appid=${WXKIT_APP_ID}&secret=${WXKIT_APP_SECRET}`;
  const once = async () => (await fetch(url)).json();
  const first = await once();
  return first.errcode === -1 ? once() : first;
}

test("a busy WeChat is asked again", async () => {
  expect(await token(wechat.env)).toMatchObject({ expires_in: 7200 });
  expect(await wechat.requests({ path: "/cgi-bin/token" })).toHaveLength(2);
});

test("a wrong secret is told", async () => {
  await token(wechat.env);
  expect(await token({ ...wechat.env, WXKIT_APP_SECRET: "wrong" })).toMatchObject({ errcode: 40125 });
});
