using Cinnabar.Registry.Cases;
using Cinnabar.Registry.Seals;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>The court that tests set up.</summary>
internal static class TestCourt
{
    public static CourtIdentity Identity { get; } = new("测试人民法院", "Test Court", "京0108", "log.test.example/2026", null, null);

    /// <summary>A genuine seal number of that court.</summary>
    public static string Seal(int serial) =>
        SealNumber.Create(CourtCode.TryParse(Identity.Code, out var code) ? code : throw new InvalidOperationException(), 2026, serial).ToString();
}
