// Prints Anchors.json: the bytecode of Anchors.sol and what it was compiled with.
// No metadata is appended, so the same compiler makes the same bytes in every folder; "paris" is the newest instruction set that
// Besu's and FISCO BCOS's older networks run as well.
import { readFileSync } from "node:fs";
import solc from "solc";

const settings = {
  evmVersion: "paris",
  optimizer: { enabled: true, runs: 200 },
  metadata: { appendCBOR: false, bytecodeHash: "none" },
};
const input = {
  language: "Solidity",
  sources: { "Anchors.sol": { content: readFileSync(new URL("Anchors.sol", import.meta.url), "utf8") } },
  settings: { ...settings, outputSelection: { "Anchors.sol": { Anchors: ["evm.bytecode.object", "evm.deployedBytecode.object"] } } },
};
const output = JSON.parse(solc.compile(JSON.stringify(input)));
if (output.errors?.length) {
  console.error(output.errors.map((error) => error.formattedMessage).join("\n"));
  process.exit(1);
}

const { evm } = output.contracts["Anchors.sol"].Anchors;
const compiled = { compiler: solc.version(), settings, creation: evm.bytecode.object, runtime: evm.deployedBytecode.object };
process.stdout.write(JSON.stringify(compiled, null, 2) + "\n");
