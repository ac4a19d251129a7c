namespace Cinnabar.Evidence.Receipts;

/// <summary>Labels of a receipt. Source: RFC 9942 sections 4 and 5 (395, 396, −1), RFC 9052 section 3.1, RFC 9597 (15), RFC 8392 (1, 2).</summary>
internal static class ReceiptLabels
{
    public const long Kid = 4;
    public const long Claims = 15;
    public const long DataStructure = 395;
    public const long Rfc9162Sha256 = 1;
    public const long Proofs = 396;
    public const long Inclusion = -1;
    public const long Issuer = 1;
    public const long Subject = 2;
}
