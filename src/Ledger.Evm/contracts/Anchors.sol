// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// Records final checkpoints of courts' logs as digests, in the order of the chain.
///
/// Which court may write for which log is fixed when the contract is made. After that nobody has any power over it: there is no
/// owner, no list to change, no upgrade, no pause, no delete. Names of successor logs are listed in reserve from the start; a new
/// court is a new contract, which the courts' governance log names.
///
/// A log does not belong to whoever anchors it first: its name is known to everybody, so a stranger could take it before its court.
contract Anchors {
    /// The court that may write for a log; zero for a log that is not listed.
    mapping(bytes32 log => address) public courtOf;

    /// The largest size that was anchored of a log; zero before the first.
    mapping(bytes32 log => uint64) public sizeOf;

    /// The checkpoint that was anchored of a log at a size; provable by eth_getProof.
    mapping(bytes32 log => mapping(uint64 size => bytes32)) public checkpointOf;

    event Anchored(bytes32 indexed log, uint64 size, bytes32 checkpoint);

    error ListsDiffer();
    error LogListedTwice(bytes32 log);
    error NotTheCourtOfThisLog(bytes32 log);
    error SizeDoesNotGrow(uint64 last);
    error NoCheckpoint();

    constructor(bytes32[] memory logs, address[] memory courts) {
        if (logs.length != courts.length) revert ListsDiffer();
        for (uint256 i = 0; i < logs.length; i++) {
            if (courtOf[logs[i]] != address(0)) revert LogListedTwice(logs[i]);
            courtOf[logs[i]] = courts[i];
        }
    }

    /// Anchors a checkpoint. The same one again changes nothing and is no error, so that a court may send what it is not sure of.
    function append(bytes32 log, uint64 size, bytes32 checkpoint) external {
        if (courtOf[log] != msg.sender) revert NotTheCourtOfThisLog(log);
        if (checkpoint == 0) revert NoCheckpoint();
        if (checkpointOf[log][size] == checkpoint) return;
        uint64 last = sizeOf[log];
        if (size <= last) revert SizeDoesNotGrow(last);
        sizeOf[log] = size;
        checkpointOf[log][size] = checkpoint;
        emit Anchored(log, size, checkpoint);
    }
}
