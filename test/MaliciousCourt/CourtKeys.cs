using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;

namespace Cinnabar.MaliciousCourt;

/// <summary>A member court's real keys, as they lie in its data folder.</summary>
internal sealed class CourtKeys : IDisposable
{
    private readonly ECDsa _link;

    private CourtKeys(string folder, long epoch)
    {
        (Log, Station, Receipt) = (Signer(folder, "log.pem"), Signer(folder, "station.pem"), Signer(folder, $"cosigner-{epoch}.pem"));
        Note = new Ed25519SigningKey(File.ReadAllBytes(Path.Combine(folder, $"cosigner-{epoch}.seed")));
        _link = Read(folder, "link.pem");
        Link = new CertificateRequest(new X500DistinguishedName("CN=Cinnabar court"), _link, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));
    }

    public EcdsaSigningKey Log { get; }

    public EcdsaSigningKey Station { get; }

    public EcdsaSigningKey Receipt { get; }

    public Ed25519SigningKey Note { get; }

    public X509Certificate2 Link { get; }

    public static CourtKeys Open(DirectoryInfo data, Epoch epoch) => new(Path.Combine(data.FullName, "keys"), epoch.Number);

    public Cosigner ToCosigner(CourtMember self, Epoch epoch) => new(self.Origin, epoch.Number, Receipt, Note);

    public void Dispose()
    {
        Log.Dispose();
        Station.Dispose();
        Receipt.Dispose();
        Note.Dispose();
        Link.Dispose();
        _link.Dispose();
    }

    private static EcdsaSigningKey Signer(string folder, string name) => new(Read(folder, name));

    private static ECDsa Read(string folder, string name)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(folder, name)));
        return key;
    }
}
