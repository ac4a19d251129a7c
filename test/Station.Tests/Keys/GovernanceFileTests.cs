using Cinnabar.Evidence.Governance;
using Cinnabar.Shared;
using Cinnabar.Station.Keys;
using static Cinnabar.Shared.SampleLeague;

namespace Cinnabar.Station.Tests.Keys;

public sealed class GovernanceFileTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("cinnabar-courts-");

    private string File => GovernanceFile.PathOf(_data.FullName);

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void FolderWithoutALog_HasNone() => Assert.Null(GovernanceFile.Read(_data.FullName));

    [Fact]
    public void Log_ComesBack_InAFolderThatOthersCannotEnter()
    {
        var log = First(5);

        GovernanceFile.Save(_data.FullName, log);

        Assert.Equal(log.Encode(), GovernanceFile.Read(_data.FullName)!.Encode());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Path.GetDirectoryName(File)!));
        Assert.False(System.IO.File.Exists(File + ".new"));
    }

    [Fact]
    public void LogWithOneEpochMore_IsKept_AndTheShorterOneIsNotTakenBack()
    {
        var first = First(5);
        var second = Evidence.Governance.Epoch.Of(new EpochDraft
        {
            Number = 2, Previous = first.Current.Hash, Liars = 1, Courts = [.. Enumerable.Range(0, 5).Select(c => Court(c, 2))],
        });
        var longer = first.Append(second, ApprovedBy(second, 5));
        GovernanceFile.Save(_data.FullName, first);
        GovernanceFile.Save(_data.FullName, longer);

        Assert.Throws<InvalidOperationException>(() => GovernanceFile.Save(_data.FullName, first));
        Assert.Equal(longer.Encode(), System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void LogOfOtherCourts_DoesNotReplaceTheAdoptedOne()
    {
        GovernanceFile.Save(_data.FullName, First(5));

        Assert.Throws<InvalidOperationException>(() => GovernanceFile.Save(_data.FullName, First(4)));
    }

    [Fact]
    public void LogWithAFlippedByte_IsRefusedByName()
    {
        GovernanceFile.Save(_data.FullName, First(5));
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[^1] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);

        var refused = Assert.Throws<InvalidDataException>(() => GovernanceFile.Read(_data.FullName));
        Assert.Contains("governance.cbor", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => GovernanceFile.Save(_data.FullName, First(5)));
    }

    private static GovernanceLog First(int courts) => GovernanceLog.Begin(SampleLeague.Epoch(courts), ApprovedBy(SampleLeague.Epoch(courts), courts));
}
