using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Keys;

/// <summary>The court this device obeys, as fixed at enrolment: its CA, its command key, the device's own certificate.</summary>
internal sealed class PinnedCourt : IDisposable
{
    private const string AuthorityFile = "court-ca.der";
    private const string GenesisFile = "genesis.cose";
    private const string CertificateFile = "device.der";
    private const string EnrolledFile = "enrolled.cose";

    private PinnedCourt(string code, VerificationKey commandKey, X509Certificate2 authority, X509Certificate2 certificate)
    {
        Code = code;
        CommandKey = commandKey;
        Authority = authority;
        Certificate = certificate;
    }

    /// <summary>The court's code; commands are issued by <c>court:CODE</c>.</summary>
    public string Code { get; }

    public VerificationKey CommandKey { get; }

    public X509Certificate2 Authority { get; }

    /// <summary>The device's certificate, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Checks an enrolment answer against our own key and stores it.</summary>
    /// <exception cref="KeyRefusedException">The answer does not fit this device, or contradicts itself.</exception>
    public static void Pin(string keyFolder, EnrolAnswer answer, string device, string sealNumber)
    {
        using var key = KeyFolder.Load(keyFolder);
        Check(key, answer, device, sealNumber).Dispose();
        var pinned = KeyFolder.Pinned(keyFolder);
        AtomicFile.Write(Path.Combine(pinned, GenesisFile), answer.Genesis.Span);
        AtomicFile.Write(Path.Combine(pinned, EnrolledFile), answer.Enrolled.Span);
        AtomicFile.Write(Path.Combine(pinned, CertificateFile), answer.Certificate.Span);

        // The CA comes last: without it the device counts as not enrolled, so a power cut in between is harmless.
        AtomicFile.Write(Path.Combine(pinned, AuthorityFile), answer.Authority.Span);
    }

    public static bool Exists(string keyFolder) => File.Exists(Path.Combine(keyFolder, KeyFolder.PinnedName, AuthorityFile));

    /// <summary>Reads and checks what was pinned.</summary>
    /// <exception cref="KeyRefusedException">Missing or altered.</exception>
    public static PinnedCourt Load(string keyFolder, ECDsa key, string device, string sealNumber)
    {
        var pinned = KeyFolder.Pinned(keyFolder);
        try
        {
            var answer = new EnrolAnswer(
                File.ReadAllBytes(Path.Combine(pinned, CertificateFile)), File.ReadAllBytes(Path.Combine(pinned, AuthorityFile)),
                File.ReadAllBytes(Path.Combine(pinned, GenesisFile)), File.ReadAllBytes(Path.Combine(pinned, EnrolledFile)));
            return Check(key, answer, device, sealNumber);
        }
        catch (FileNotFoundException missing)
        {
            throw new KeyRefusedException($"{missing.FileName}: missing; enrol the device first (--enrol).");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CommandKey.Dispose();
        Authority.Dispose();
        Certificate.Dispose();
    }

    private static PinnedCourt Check(ECDsa key, EnrolAnswer answer, string device, string sealNumber)
    {
        try
        {
            var genesis = Parse(answer.Genesis, "court.genesis");
            var commandKey = new VerificationKey(CoseKey.FromCbor(genesis.Body["command_key"]));
            Require(genesis.Check(commandKey) == StatementVerdict.Valid, "the court's genesis is not signed by its own command key");
            var enrolled = Parse(answer.Enrolled, "device.enrolled");
            Require(enrolled.Check(commandKey) == StatementVerdict.Valid, "device.enrolled is not signed by the court's command key");
            Require(enrolled.Body["device"].AsText() == device, "device.enrolled names another device");
            Require(enrolled.Subject == sealNumber, $"device.enrolled is about seal {enrolled.Subject}, the configuration about {sealNumber}");
            Require(CoseKey.FromCbor(enrolled.Body["key"]).Equals(CoseKey.From(key)), "device.enrolled names another key");
            var authority = X509CertificateLoader.LoadCertificate(answer.Authority.Span);
            using var bare = X509CertificateLoader.LoadCertificate(answer.Certificate.Span);
            return new PinnedCourt(genesis.Body["code"].AsText(), commandKey, authority, bare.CopyWithPrivateKey(key));
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            throw new KeyRefusedException($"What the court gave at enrolment is malformed: {e.Message}");
        }
    }

    private static Statement Parse(ReadOnlyMemory<byte> bytes, string kind)
    {
        var verdict = Statement.TryParse(bytes.Span, out var statement, out var detail);
        Require(verdict == StatementVerdict.Valid, $"{kind} is no statement: {detail}");
        Require(statement!.Kind == kind, $"expected {kind}, found {statement.Kind}");
        return statement;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new KeyRefusedException($"What the court gave at enrolment does not fit: {what}.");
        }
    }
}
