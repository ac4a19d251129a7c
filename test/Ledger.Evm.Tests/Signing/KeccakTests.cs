using System.Text;
using Cinnabar.Ledger.Evm.Signing;

namespace Cinnabar.Ledger.Evm.Tests.Signing;

public sealed class KeccakTests
{
    /// <remarks>Keccak team, "Known answers" of Keccak-256; the empty one is the Yellow Paper's KEC(()).</remarks>
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("Transfer(address,address,uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void Hash_IsTheKnownOne(string text, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(text))));
}
