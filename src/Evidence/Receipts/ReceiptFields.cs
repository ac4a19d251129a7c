namespace Cinnabar.Evidence.Receipts;

/// <summary>What the parser read beside the proof.</summary>
internal sealed record ReceiptFields(
    string Issuer, string Origin, Digest KeyId, ReadOnlyMemory<byte> ProtectedHeader, ReadOnlyMemory<byte>? Payload, ReadOnlyMemory<byte> Signature);
