using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Timestamps.Tests;

/// <summary>A token that was kept, checked years later with nobody's help.</summary>
public sealed class TimestampVerifierTests : IAsyncLifetime
{
    private static readonly Digest s_imprint = Digest.Of("a block of the anchor chain"u8);

    private byte[] _token = [];
    private X509Certificate2Collection _roots = [];

    public async ValueTask InitializeAsync()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var http = new HttpClient();
        using var random = RandomNumberGenerator.Create();
        _roots = authority.Roots;
        var asked = new TimestampAuthority(authority.Address, _roots, new TimestampLimits(), http, TimeProvider.System, random);
        _token = (await asked.StampAsync(s_imprint, TestContext.Current.CancellationToken)).Token.ToArray();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void TokenThatWasKept_IsValidWithoutNonceAndWindow()
    {
        Assert.Equal(TimestampVerdict.Valid, Verify(_token, new TimestampExpectation(s_imprint), out var facts));
        Assert.Equal("01", facts!.SerialNumber);
        Assert.True(facts.CertificateEnds > facts.Time);
    }

    [Fact]
    public void EveryByteChanged_IsRefusedOrSaysTheSame()
    {
        Verify(_token, new TimestampExpectation(s_imprint), out var facts);
        for (var i = 0; i < _token.Length; i++)
        {
            var spoiled = (byte[])_token.Clone();
            spoiled[i] ^= 1;
            // A CMS has a few bytes that nobody signs, its own version number for one. None of them may change what it says.
            if (Verify(spoiled, new TimestampExpectation(s_imprint), out var said) == TimestampVerdict.Valid)
            {
                Assert.Equal(facts, said);
            }
        }
    }

    [Fact]
    public void TokenCutAnywhere_IsNotAToken()
    {
        for (var length = 0; length < _token.Length; length += 7)
        {
            Assert.Equal(TimestampVerdict.NotAToken, Verify(_token[..length], new TimestampExpectation(s_imprint), out _));
        }
    }

    [Fact]
    public void BytesBehindTheToken_AreRefused() =>
        Assert.Equal(TimestampVerdict.NotAToken, Verify([.. _token, 0], new TimestampExpectation(s_imprint), out _));

    [Fact]
    public void TokenOver64KiB_IsTooLong() =>
        Assert.Equal(TimestampVerdict.TokenTooLong, Verify(new byte[TimestampLimits.AnswerMaxBytes + 1], new TimestampExpectation(s_imprint), out _));

    [Fact]
    public void TokenOfSomethingElse_IsWrongImprint()
    {
        Assert.Equal(TimestampVerdict.WrongImprint, Verify(_token, new TimestampExpectation(Digest.Of("else"u8)), out var facts));
        Assert.Null(facts);
    }

    [Fact]
    public void TokenBeforeOrAfterTheWindow_IsOutOfIt()
    {
        Verify(_token, new TimestampExpectation(s_imprint), out var facts);
        Assert.Equal(TimestampVerdict.TimeOutOfWindow, Verify(_token, new TimestampExpectation(s_imprint) { Earliest = facts!.Time.AddSeconds(1) }, out _));
        Assert.Equal(TimestampVerdict.TimeOutOfWindow, Verify(_token, new TimestampExpectation(s_imprint) { Latest = facts.Time.AddSeconds(-1) }, out _));
        Assert.Equal(TimestampVerdict.Valid, Verify(_token, new TimestampExpectation(s_imprint) { Earliest = facts.Time, Latest = facts.Time }, out _));
    }

    [Fact]
    public void WithoutRoots_NothingIsTrusted() =>
        Assert.Equal(TimestampVerdict.NotTrusted, TimestampVerifier.Verify(_token, new TimestampExpectation(s_imprint), [], out _));

    private TimestampVerdict Verify(byte[] token, TimestampExpectation expected, out TimestampFacts? facts) =>
        TimestampVerifier.Verify(token, expected, _roots, out facts);
}
