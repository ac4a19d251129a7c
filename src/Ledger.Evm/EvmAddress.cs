using System.Diagnostics.CodeAnalysis;

namespace Cinnabar.Ledger.Evm;

/// <summary>An account or contract of an EVM chain: 20 bytes.</summary>
/// <remarks>Immutable, compared by value.</remarks>
public sealed record EvmAddress
{
    /// <summary>Length of an address in bytes.</summary>
    public const int LengthBytes = 20;

    private readonly string _hex;

    /// <summary>Takes the bytes as they stand.</summary>
    /// <param name="bytes">Exactly <see cref="LengthBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public EvmAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != LengthBytes)
        {
            throw new ArgumentException($"An address has {LengthBytes} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _hex = Convert.ToHexStringLower(bytes);
    }

    /// <summary>Reads 40 hexadecimal digits after <c>0x</c>, either case; EIP-55's case is not checked.</summary>
    /// <returns>False when the text is anything else.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EvmAddress? address)
    {
        address = null;
        Span<byte> bytes = stackalloc byte[LengthBytes];
        if (text is null || text.Length != 2 + (2 * LengthBytes) || !text.StartsWith("0x", StringComparison.Ordinal)
            || Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        address = new EvmAddress(bytes);
        return true;
    }

    /// <summary>A new array with the 20 bytes.</summary>
    public byte[] ToArray() => Convert.FromHexString(_hex);

    /// <summary><c>0x</c> and 40 lower-case digits.</summary>
    public override string ToString() => "0x" + _hex;
}
