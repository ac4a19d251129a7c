using System.Formats.Asn1;
using System.Numerics;
using Cinnabar.Evidence.Checkpoints;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Evidence.Tests.Checkpoints;

public sealed class EcdsaDerTests
{
    [Fact]
    public void Any_signature_comes_back_and_reads_as_the_platform_writes_it()
    {
        var halves = Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(0, 255))), 64).ToArbitrary();
        Prop.ForAll(halves, numbers =>
        {
            var signature = numbers.Select(number => (byte)number).ToArray();
            var der = EcdsaDer.Encode(signature);
            var platform = new AsnWriter(AsnEncodingRules.DER);
            using (platform.PushSequence())
            {
                platform.WriteInteger(new BigInteger(signature.AsSpan(..32), isUnsigned: true, isBigEndian: true));
                platform.WriteInteger(new BigInteger(signature.AsSpan(32..), isUnsigned: true, isBigEndian: true));
            }
            return der.AsSpan().SequenceEqual(platform.Encode())
                && EcdsaDer.TryDecode(der, out var back) && back.AsSpan().SequenceEqual(signature);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20260803, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3006020101020101ff")]
    [InlineData("3006020101")]
    [InlineData("300602010102")]
    [InlineData("3106020101020101")]
    [InlineData("3006030101020101")]
    [InlineData("300702020001020101")]
    [InlineData("3006020181020101")]
    [InlineData("30050200020101")]
    [InlineData("308106020101020101")]
    public void Any_other_encoding_is_refused(string hex) =>
        Assert.False(EcdsaDer.TryDecode(Convert.FromHexString(hex), out _));

    [Fact]
    public void Number_over_32_bytes_is_refused() =>
        Assert.False(EcdsaDer.TryDecode([0x30, 38, 0x02, 33, 0x01, .. new byte[32], 0x02, 1, 1], out _));
}
