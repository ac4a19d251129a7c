using Cinnabar.Shared;
using Cinnabar.Station.Setup;

namespace Cinnabar.Station.Tests.Contract;

/// <summary>The pages' types are made from the checked-in document, so it has to be what the station says of itself.</summary>
public sealed class OpenApiDocumentTests
{
    [Fact]
    public async Task CheckedInDocument_IsWhatTheStationPrints()
    {
        var printed = await OpenApiCommand.DescribeAsync(TestContext.Current.CancellationToken);

        var kept = await File.ReadAllTextAsync(Repository.Path("docs", "formats", "openapi.json"), TestContext.Current.CancellationToken);

        Assert.True(printed == kept, $"docs/formats/openapi.json is not what the station prints now, from line {FirstDifference(printed, kept)} on. Renew it: ./cinnabar openapi");
    }

    [Fact]
    public async Task PrintedTwice_IsTheSame() => Assert.Equal(
        await OpenApiCommand.DescribeAsync(TestContext.Current.CancellationToken), await OpenApiCommand.DescribeAsync(TestContext.Current.CancellationToken));

    private static int FirstDifference(string printed, string kept) =>
        printed.Split('\n').Zip(kept.Split('\n')).TakeWhile(lines => lines.First == lines.Second).Count() + 1;
}
