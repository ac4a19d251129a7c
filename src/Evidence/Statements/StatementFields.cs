using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Evidence.Statements;

/// <summary>What the parser read out of the header and payload.</summary>
internal sealed record StatementFields(
    Digest KeyId, string Issuer, string Subject, string Kind, long TimeMs, StatementChain? Chain, CborValue Body, HashedData? Data);
