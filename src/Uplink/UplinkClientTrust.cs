using System.Security.Cryptography.X509Certificates;

namespace Cinnabar.Uplink;

/// <summary>Trust in one court's CA and nobody else.</summary>
internal static class UplinkClientTrust
{
    public static X509ChainPolicy Only(X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,

            // A court withdraws a station's certificate by giving it another; there is no list to ask from a doorstep.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(authority);
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        return policy;
    }
}
