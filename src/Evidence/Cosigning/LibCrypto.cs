using System.Runtime.InteropServices;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>The few functions of OpenSSL's libcrypto that Ed25519 needs: .NET has no Ed25519 of its own yet.</summary>
/// <remarks>Delete this file on the day the platform signs with Ed25519. OpenSSL 3, which .NET itself uses on Linux. Only EVP, nothing low-level.</remarks>
internal static partial class LibCrypto
{
    /// <summary>NID_ED25519.</summary>
    public const int Ed25519 = 1087;

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library)]
    public static partial PKey EVP_PKEY_new_raw_private_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    public static partial PKey EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_raw_public_key(PKey key, Span<byte> bytes, ref nuint length);

    [LibraryImport(Library)]
    public static partial Context EVP_MD_CTX_new();

    [LibraryImport(Library)]
    public static partial int EVP_DigestSignInit(Context context, nint keyContext, nint digest, nint engine, PKey key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSign(Context context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint dataLength);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerifyInit(Context context, nint keyContext, nint digest, nint engine, PKey key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerify(Context context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> data, nuint dataLength);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    /// <summary>EVP_PKEY.</summary>
    internal sealed class PKey() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            EVP_PKEY_free(handle);
            return true;
        }
    }

    /// <summary>EVP_MD_CTX.</summary>
    internal sealed class Context() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            EVP_MD_CTX_free(handle);
            return true;
        }
    }
}
