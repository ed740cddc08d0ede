/** Email addresses and user names of integrations: what is wrong, and what to set instead. */
import { emailFault, userNameFault } from "../login-names";

describe("email addresses", () => {
  it.each<[string, RegExp]>([
    ["", /is empty/],
    ["ci-bot", /"ci-bot" is not an email address/],
    ["ci bot@acme.example", /is not an email address/],
    ["ci@acme.example\u0007", /contains the character \\u0007 at position 16/],
    ["x-bitbucket-api-token-auth", /is a user name for git/],
    ["X-Token-Auth", /is a user name for git/],
  ])("%j is a fault", (email, why) => {
    expect(emailFault(email)?.why).toMatch(why);
    expect(emailFault(email)?.fix).toMatch(/email address of the Atlassian account|: "ci@acme.example"/);
  });

  it.each(["ci@acme.example", "o'neil+bitbucket@sub.acme.example", "käthe@köln.example"])("%j is an email address", (email) => {
    expect(emailFault(email)).toBeUndefined();
  });
});

describe("user names", () => {
  it.each<[string, RegExp]>([
    ["", /is empty/],
    ["ci\u0000bot", /contains the character \\u0000 at position 3/],
    ["ci-bot:hunter2", /"ci-bot:…" contains a colon/],
  ])("%j is a fault", (userName, why) => {
    expect(userNameFault(userName)?.why).toMatch(why);
    expect(JSON.stringify(userNameFault(userName))).not.toContain("hunter2");
  });

  // Git on Bitbucket Data Center accepts the access token of a project or repository with this user name.
  it.each(["ci-bot", "ci.bot@acme.example", "x-token-auth"])("%j is a user name", (userName) => {
    expect(userNameFault(userName)).toBeUndefined();
  });
});
