using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Station.Seals;

/// <summary>The property and the people of one order, as the one record that its statement commits to (docs/formats/kinds.md). Immutable.</summary>
/// <remarks>
/// Both hashes are over 32 random bytes and the data, so that nobody finds an address by trying all doors of a street.
/// The property has a salt of its own, because it is opened to whoever gets an evidence pack, and the people are not.
/// </remarks>
internal sealed class PrivateRecord
{
    private const int SaltBytes = 32;
    private const int PhoneDigits = 11;
    private const int PhoneDigitsMin = 7;

    private readonly byte[] _bytes;
    private readonly byte[] _property;

    private PrivateRecord(byte[] bytes)
    {
        var record = CborValue.Decode(bytes);
        var property = record["property"];
        _bytes = bytes;
        _property = property.Encode();
        Property = new SealProperty(
            property["address"].AsText(), property["description"].AsText(), property.TextOrNull("division"), property.TextOrNull("registry"));
        Parties = [.. record["parties"].AsArray().Select(p => new SealParty(
            p["id"].AsText(), p["role"].AsText(), p["name"].AsText(), p.TextOrNull("phone"), p.TextOrNull("email"), p["language"].AsText()))];
    }

    public SealProperty Property { get; }

    public IReadOnlyList<SealParty> Parties { get; }

    /// <summary>The whole record with its salts, for keeping.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The property with its salt: whoever has it can check it against the statement.</summary>
    public ReadOnlyMemory<byte> PropertyOpening => _property;

    /// <summary>SHA-256 of <see cref="Bytes"/>.</summary>
    public Digest Commitment => Digest.Of(_bytes);

    /// <summary>SHA-256 of <see cref="PropertyOpening"/>.</summary>
    public Digest PropertyCommitment => Digest.Of(_property);

    /// <summary>A new record, with new salts.</summary>
    public static PrivateRecord Create(SealProperty property, IReadOnlyList<SealParty> parties) => new(CborValue.Map(
        ("salt", Salt()),
        ("property", CborValue.Map(
            ("salt", Salt()), ("address", CborValue.Text(property.Address)), ("description", CborValue.Text(property.Description)),
            ("division", Optional(property.Division)), ("registry", Optional(property.RegistryNumber)))),
        ("parties", CborValue.Array([.. parties.Select(p => CborValue.Map(
            ("id", CborValue.Text(p.Id)), ("role", CborValue.Text(p.Role)), ("name", CborValue.Text(p.Name)),
            ("phone", Optional(p.Phone)), ("email", Optional(p.Email)), ("language", CborValue.Text(p.Language))))]))).Encode());

    /// <summary>A record that was kept.</summary>
    public static PrivateRecord Read(byte[] bytes) => new(bytes);

    /// <summary>Whether a text names the address, or a person of the order by name, telephone or e-mail. What people write into the log, anybody may read.</summary>
    public bool IsToldBy(string text)
    {
        var digits = Digits(text);
        return Holds(text, Property.Address) || Parties.Any(p =>
            Holds(text, p.Name) || Holds(text, p.Email) || (Digits(p.Phone) is { Length: >= PhoneDigitsMin } phone && digits.Contains(Subscriber(phone), StringComparison.Ordinal)));
    }

    private static bool Holds(string text, string? part) => part is { Length: > 1 } && text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Digits(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));

    // With or without +86 it is the same telephone.
    private static string Subscriber(string digits) => digits.Length > PhoneDigits ? digits[^PhoneDigits..] : digits;

    private static CborValue Salt() => CborValue.Bytes(RandomNumberGenerator.GetBytes(SaltBytes));

    private static CborValue? Optional(string? text) => text is null ? null : CborValue.Text(text);
}
