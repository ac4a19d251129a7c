using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Tests.Notices;

public sealed class WarningTextTests
{
    [Fact]
    public void OfficersChineseWarning_SaysCaseAndPlaceFirstThenWhatWhenAndWhatToDo() => Assert.Equal(
        "【电子封条】(2026)京0105执1234号 北京市朝阳区建国路93号院5号楼1201:封条被剪断或撕开,11月23日11:27:54,封条京0105-000017。请立即查看并确认:https://seals.court.example/p/Zm9vYmFy 存证4711:ab12cd34",
        WarningText.Compose(Warnings.Cut, WarningAudience.Officer, WarningLanguage.Chinese).Text);

    [Fact]
    public void OfficersEnglishWarning_SaysTheSame() => Assert.Equal(
        "[Court seal] (2026)京0105执1234号 北京市朝阳区建国路93号院5号楼1201: the seal strip was cut or torn, 23 Nov 11:27:54, seal 京0105-000017 (reminder 3, nobody has acknowledged). Look and acknowledge: https://seals.court.example/p/Zm9vYmFy Log 4711:ab12cd34",
        WarningText.Compose(Warnings.Cut with { Round = 3 }, WarningAudience.Officer, WarningLanguage.English).Text);

    [Fact]
    public void ApplicantsWarning_NeverHoldsALink()
    {
        foreach (var language in Enum.GetValues<WarningLanguage>())
        {
            var words = WarningText.Compose(Warnings.Cut, WarningAudience.Applicant, language);
            Assert.DoesNotContain("http", words.Text + words.Subject, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("4711:ab12cd34", words.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void KindWithoutWords_IsToldByItsName()
    {
        foreach (var language in Enum.GetValues<WarningLanguage>())
        {
            Assert.Contains("new.kind", WarningText.Compose(Warnings.Cut with { Kind = "new.kind" }, WarningAudience.Officer, language).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, "【电子封条】(2026)京0105执1234号:封条被剪断或撕开")]
    [InlineData(1, "[Court seal] (2026)京0105执1234号: the seal strip was cut or torn")]
    public void ErasedPlace_LeavesTheCaseNumber(int language, string subject) => Assert.Equal(
        subject, WarningText.Compose(Warnings.Cut with { Place = "" }, WarningAudience.Officer, (WarningLanguage)language).Subject);

    [Fact]
    public void LogNotKnownYet_LeavesNoEmptyMark()
    {
        var text = WarningText.Compose(Warnings.Cut with { LogMark = null }, WarningAudience.Officer, WarningLanguage.Chinese).Text;
        Assert.EndsWith("/p/Zm9vYmFy", text, StringComparison.Ordinal);
    }
}
