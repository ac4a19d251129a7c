using System.Numerics;
using Cinnabar.Ledger.Evm.Signing;

namespace Cinnabar.Ledger.Evm.Tests.Signing;

/// <summary>Vectors of the Ethereum wiki's page on RLP and of ethereum/tests, rlptest.json.</summary>
public sealed class RlpTests
{
    [Theory]
    [InlineData("", "80")]
    [InlineData("00", "00")]
    [InlineData("7f", "7f")]
    [InlineData("80", "8180")]
    [InlineData("646f67", "83646f67")]
    public void Bytes_AreEncodedAsKnown(string bytes, string encoded) => Assert.Equal(encoded, Text(Rlp.Bytes(Convert.FromHexString(bytes))));

    [Fact]
    public void BytesOver55_HaveTheLengthOfTheirLength()
    {
        var text = "Lorem ipsum dolor sit amet, consectetur adipisicing elit"u8;
        Assert.Equal("b838" + Convert.ToHexStringLower(text), Text(Rlp.Bytes(text)));
        Assert.StartsWith("b90400", Text(Rlp.Bytes(new byte[1024])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "80")]
    [InlineData("15", "0f")]
    [InlineData("128", "8180")]
    [InlineData("1024", "820400")]
    [InlineData("83729609699884896815286331701780722", "8f102030405060708090a0b0c0d0e0f2")]
    public void Number_HasNoLeadingZeros(string number, string encoded) =>
        Assert.Equal(encoded, Text(Rlp.Number(BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void Lists_NestAsKnown()
    {
        Assert.Equal("c0", Text(Rlp.List()));
        Assert.Equal("c88363617483646f67", Text(Rlp.List(Rlp.Bytes("cat"u8), Rlp.Bytes("dog"u8))));
        var one = Rlp.List(Rlp.List());
        Assert.Equal("c7c0c1c0c3c0c1c0", Text(Rlp.List(Rlp.List(), one, Rlp.List(Rlp.List(), one))));
    }

    [Fact]
    public void ListOver55Bytes_HasTheLengthOfItsLength()
    {
        var item = Rlp.List(Rlp.Bytes("asdf"u8), Rlp.Bytes("qwer"u8), Rlp.Bytes("zxcv"u8));
        Assert.StartsWith("f840cf84617364668471776572847a786376cf", Text(Rlp.List(item, item, item, item)), StringComparison.Ordinal);
    }

    private static string Text(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
