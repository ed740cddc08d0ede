/** Addresses as URLs. */
import { parsedUrl } from "..";

it("reads an international host, also after many calls", () => {
  const ofNumber = (index: number) => parsedUrl(`https://bitbucket.acme.example/${index % 7}`);
  for (let index = 0; index < 100_000; index++) ofNumber(index);
  expect(parsedUrl("https://bücher.example")?.host).toBe("xn--bcher-kva.example");
});

it("reads a relative address with its base, and returns nothing for other texts", () => {
  expect(parsedUrl("/b", "https://bitbucket.acme.example/a")?.href).toBe("https://bitbucket.acme.example/b");
  expect([parsedUrl("bitbucket"), parsedUrl("https://"), parsedUrl("")]).toEqual([undefined, undefined, undefined]);
});
