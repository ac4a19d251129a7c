using System.Globalization;
using System.Numerics;
using Cinnabar.Ledger.Evm.Signing;

namespace Cinnabar.Ledger.Evm.Tests.Signing;

public sealed class SigningTests
{
    private static readonly BigInteger s_order = BigInteger.Parse(
        "0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <remarks>The second is the first account of every development node (mnemonic "test test … junk").</remarks>
    [Theory]
    [InlineData("4646464646464646464646464646464646464646464646464646464646464646", "0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f")]
    [InlineData("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")]
    public void Key_MovesTheKnownAccount(string secret, string address) =>
        Assert.Equal(address, new EvmKey(Convert.FromHexString(secret)).Address.ToString());

    /// <remarks>The worked example of EIP-155: the signing hash, and the transaction as it leaves.</remarks>
    [Fact]
    public void TransactionOfEip155_HasTheKnownBytes()
    {
        var key = new EvmKey(Convert.FromHexString("4646464646464646464646464646464646464646464646464646464646464646"));
        byte[][] fields =
        [
            Rlp.Number(9), Rlp.Number(20_000_000_000), Rlp.Number(21_000), Rlp.Bytes(Convert.FromHexString("3535353535353535353535353535353535353535")),
            Rlp.Number(BigInteger.Pow(10, 18)), Rlp.Bytes([]),
        ];
        var hash = Keccak256.Hash(Rlp.List([.. fields, Rlp.Number(1), Rlp.Number(0), Rlp.Number(0)]));
        var signature = key.Sign(hash);

        Assert.Equal("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53", Convert.ToHexStringLower(hash));
        Assert.Equal(
            "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe53756786"
            + "6003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
            Convert.ToHexStringLower(Rlp.List([.. fields, Rlp.Number(37 + signature.YParity), Rlp.Number(signature.R), Rlp.Number(signature.S)])));
    }

    [Fact]
    public void EverySignature_IsInTheLowerHalfAndTheSameAgain()
    {
        var key = new EvmKey(Keccak256.Hash("a key of this test"u8));
        for (byte i = 0; i < 64; i++)
        {
            var hash = Keccak256.Hash([i]);
            var signature = key.Sign(hash);
            Assert.True(signature.S <= s_order / 2);
            Assert.Equal(signature, key.Sign(hash));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    public void SecretThatIsNoScalar_IsRefused(string secret) =>
        Assert.Throws<ArgumentException>(() => new EvmKey(Convert.FromHexString(secret)));

    [Theory]
    [InlineData("9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f")]
    [InlineData("0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a")]
    [InlineData("0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4g")]
    public void TextThatIsNoAddress_IsNotRead(string text) => Assert.False(EvmAddress.TryParse(text, out _));
}
