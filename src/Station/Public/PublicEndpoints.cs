using Cinnabar.Evidence;
using Cinnabar.Registry.Seals;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Media;
using Cinnabar.Station.Seals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cinnabar.Station.Public;

/// <summary>The page behind the code on the seal, the posted ruling, and the printed sheet: docs/formats/api.md, Public.</summary>
internal static class PublicEndpoints
{
    public static IResult Page(string sealNumber, string? k, string? lang, HttpContext http, SealBoard board, SealQr qr, CourtIdentity court)
    {
        if (Find(sealNumber, board) is not { } seal)
        {
            return Results.NotFound();
        }

        var english = IsEnglish(lang, http);
        return new RazorComponentResult<SealPage>(new Dictionary<string, object?>
        {
            [nameof(SealPage.Notice)] = new SealNotice(seal, court),
            [nameof(SealPage.English)] = english,
            [nameof(SealPage.Genuine)] = string.IsNullOrEmpty(k) ? Genuineness.Unchecked
                : qr.IsGenuine(seal.SealNumber, k) ? Genuineness.Genuine : Genuineness.False,
            [nameof(SealPage.OtherLanguage)] = $"?lang={(english ? "zh" : "en")}{(string.IsNullOrEmpty(k) ? "" : "&k=" + Uri.EscapeDataString(k))}",
        });
    }

    public static IResult Ruling(string sealNumber, SealBoard board, ContentStore content) =>
        Find(sealNumber, board)?.Ruling is { } ruling && Digest.TryParseHex(ruling.Hash, out var hash) && content.TryRead(hash) is { } bytes
            ? Results.Bytes(bytes, "application/pdf")
            : Results.NotFound();

    public static IResult Sheet(string sealNumber, string? lang, HttpContext http, SealBoard board, SealQr qr, CourtIdentity court) =>
        Find(sealNumber, board) is { } seal
            ? new RazorComponentResult<SealSheet>(new Dictionary<string, object?>
            {
                [nameof(SealSheet.Notice)] = new SealNotice(seal, court),
                [nameof(SealSheet.Code)] = qr.PictureOf(seal.SealNumber),
                [nameof(SealSheet.English)] = IsEnglish(lang, http),
            })
            : Results.NotFound();

    private static SealState? Find(string sealNumber, SealBoard board) =>
        board.Seal(SealNumber.TryParse(sealNumber, out var number) ? number.ToString() : sealNumber) is { Legal: not null } seal ? seal : null;

    /// <summary>The language asked for, else the reader's own; Chinese when it is neither.</summary>
    private static bool IsEnglish(string? lang, HttpContext http) => lang is not null
        ? lang == "en"
        : http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true;
}
