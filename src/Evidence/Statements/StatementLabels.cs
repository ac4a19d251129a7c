namespace Cinnabar.Evidence.Statements;

/// <summary>Labels of the protected header and of the CWT claims within it.</summary>
/// <remarks>Source: RFC 9052 section 3.1, RFC 9597 (label 15), RFC 9596 (label 16), RFC 8392 section 3; private claims below −65536.</remarks>
internal static class StatementLabels
{
    public const long Kid = 4;
    public const long Claims = 15;
    public const long Type = 16;

    public const long Issuer = 1;
    public const long Subject = 2;
    public const long Kind = -70001;
    public const long TimeMs = -70002;
    public const long Chain = -70003;
    public const long About = -70004;
}
