using Cinnabar.Evidence.Cose;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>The signer of the golden vectors against RFC 6979, appendix A.2.5, P-256 with SHA-256.</summary>
public sealed class Rfc6979SigningKeyTests
{
    private static readonly Rfc6979SigningKey s_key = new(Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));

    [Theory]
    [InlineData("sample", "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716", "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [InlineData("test", "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367", "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083")]
    public void Published_messages_have_the_published_signatures(string message, string r, string s) =>
        Assert.Equal(r + s, Convert.ToHexString(s_key.SignAsTheRfcDoes(System.Text.Encoding.UTF8.GetBytes(message))));

    [Fact]
    public void Signature_for_use_has_the_low_s_and_verifies()
    {
        var signature = s_key.Sign("sample"u8);
        using var key = new VerificationKey(s_key.PublicKey);

        Assert.True(LowS.Holds(signature));
        Assert.False(LowS.Holds(s_key.SignAsTheRfcDoes("sample"u8)));
        Assert.True(key.Verify("sample"u8, signature));
    }
}
