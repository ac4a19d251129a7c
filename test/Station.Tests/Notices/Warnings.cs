using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Tests.Notices;

internal static class Warnings
{
    public static WarningFacts Cut { get; } = new(
        "i-1", "strip.cut", 3, 1, "京0105-000017", "(2026)京0105执1234号", "北京市朝阳区建国路93号院5号楼1201",
        new DateTimeOffset(2026, 11, 23, 11, 27, 54, TimeSpan.FromHours(8)), new Uri("https://seals.court.example/p/Zm9vYmFy"), "4711:ab12cd34");

    public static Notice To(string address, WarningFacts? facts = null, WarningLanguage language = WarningLanguage.Chinese) =>
        new("w-" + address, address, WarningText.Compose(facts ?? Cut, WarningAudience.Officer, language), facts ?? Cut);
}
