using System.Formats.Asn1;
using System.Numerics;

namespace Cinnabar.Ledger.Timestamps;

/// <summary>A TimeStampResp: RFC 3161, 2.4.2.</summary>
internal static class TimestampAnswer
{
    // granted, and granted with modifications.
    private static readonly BigInteger[] s_granted = [0, 1];

    /// <summary>Takes the token out of an answer.</summary>
    /// <param name="detail">What the authority said when it said no.</param>
    public static TimestampVerdict Read(ReadOnlyMemory<byte> answer, out ReadOnlyMemory<byte> token, out string detail)
    {
        token = default;
        detail = "";
        try
        {
            var reader = new AsnReader(answer, AsnEncodingRules.DER);
            var body = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var info = body.ReadSequence();
            var status = info.ReadInteger();
            detail = $"status {status}{Words(info)}";
            if (!s_granted.Contains(status))
            {
                return TimestampVerdict.NotGranted;
            }

            token = body.ReadEncodedValue();
            body.ThrowIfNotEmpty();
            return TimestampVerdict.Valid;
        }
        catch (AsnContentException exception)
        {
            detail = exception.Message;
            return TimestampVerdict.AnswerMalformed;
        }
    }

    private static string Words(AsnReader info)
    {
        if (!info.HasData || info.PeekTag() != Asn1Tag.Sequence)
        {
            return "";
        }

        var texts = info.ReadSequence();
        return texts.HasData ? ": " + texts.ReadCharacterString(UniversalTagNumber.UTF8String) : "";
    }
}
