using System.Security.Cryptography;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Cose;

public sealed class CoseSign1Tests
{
    /// <summary>A detached payload was once read as an empty one.</summary>
    [Fact]
    public void Detached_payload_is_null_and_an_empty_one_is_not()
    {
        Assert.Null(CoseSign1.Parse(CoseSign1.Encode([], CborValue.EmptyMap, null, [])).Payload);
        Assert.Equal(0, CoseSign1.Parse(CoseSign1.Encode([], CborValue.EmptyMap, [], [])).Payload!.Value.Length);
    }

    [Fact]
    public void Parts_come_back_as_they_were_encoded()
    {
        var unprotected = CborValue.Map((4, CborValue.Bytes([9])));
        var parsed = CoseSign1.Parse(CoseSign1.Encode([1, 2], unprotected, [3], [4, 5]));

        Assert.Equal([1, 2], parsed.ProtectedHeader.ToArray());
        Assert.Equal(unprotected.Encode(), parsed.Unprotected.Encode());
        Assert.Equal([3], parsed.Payload!.Value.ToArray());
        Assert.Equal([4, 5], parsed.Signature.ToArray());
    }

    [Theory]
    [InlineData("d28340a0f6")]
    [InlineData("d284a0a0f640")]
    [InlineData("d2844080f640")]
    [InlineData("d28440a06040")]
    [InlineData("d28440a0f660")]
    public void Another_shape_than_bytes_map_payload_bytes_is_refused(string hex) =>
        Assert.Equal(CborRule.UnexpectedType, Assert.Throws<CborRefusedException>(() => CoseSign1.Parse(Convert.FromHexString(hex))).Rule);

    [Fact]
    public void To_be_signed_is_the_sig_structure_of_the_rfc() => Assert.Equal(
        "846a5369676e61747572653143a1012640" + "4568656c6c6f", Convert.ToHexStringLower(CoseSign1.ToBeSigned([0xa1, 0x01, 0x26], "hello"u8)));

    [Fact]
    public void Key_comes_back_from_its_map_and_from_its_public_key_info()
    {
        var key = SampleCourt.LogKey.PublicKey;

        Assert.Equal(key, CoseKey.FromCbor(key.ToCbor()));
        Assert.Equal(key, CoseKey.FromSubjectPublicKeyInfo(key.ToSubjectPublicKeyInfo()));
        Assert.NotEqual(key, SampleCourt.StationKey.PublicKey);
    }

    [Fact]
    public void Key_whose_point_is_not_on_the_curve_is_refused()
    {
        var map = CborValue.Map((1, CborValue.Integer(2)), (-1, CborValue.Integer(1)), (-2, CborValue.Bytes(new byte[32])), (-3, CborValue.Bytes([.. new byte[31], 1])));
        Assert.Throws<FormatException>(() => CoseKey.FromCbor(map));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(-1, 2)]
    public void Key_of_another_type_or_curve_is_refused(long label, long value)
    {
        var map = SampleCourt.LogKey.PublicKey.ToCbor().AsMap().Where(e => e.Key.AsInteger() != label);
        Assert.Throws<FormatException>(() => CoseKey.FromCbor(CborValue.Map(map.Append(new(CborValue.Integer(label), CborValue.Integer(value))))));
    }

    [Fact]
    public void Key_with_a_private_part_is_refused() =>
        Assert.Throws<FormatException>(() => CoseKey.FromCbor(CborValue.Map(SampleCourt.LogKey.PublicKey.ToCbor().AsMap().Append(new(CborValue.Integer(-4), CborValue.Bytes(new byte[32]))))));

    [Fact]
    public void Platform_key_signs_what_the_platform_verifies_always_with_the_low_s()
    {
        using var platform = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = new EcdsaSigningKey(platform);
        using var ready = new VerificationKey(key.PublicKey);
        for (var i = 0; i < 50; i++)
        {
            var signature = key.Sign([(byte)i]);
            Assert.True(LowS.Holds(signature));
            Assert.True(ready.Verify([(byte)i], signature));
            Assert.False(ready.Verify([(byte)i], signature.AsSpan(1)));
        }
    }

    [Fact]
    public void Key_of_another_curve_is_refused()
    {
        using var platform = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => CoseKey.From(platform));
    }
}
