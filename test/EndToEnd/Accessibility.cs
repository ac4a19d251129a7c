using Cinnabar.Shared;
using Microsoft.Playwright;

namespace Cinnabar.EndToEnd;

/// <summary>axe-core over a page: WCAG 2.2 A and AA.</summary>
internal static class Accessibility
{
    private const string Run = """
        async () => {
          const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
          return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
            .map((v) => `${v.impact} ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
        }
        """;

    private static readonly Lazy<string> s_axe = new(() =>
    {
        var script = Repository.Path("web", "console", "node_modules", "axe-core", "axe.min.js");
        return File.Exists(script) ? File.ReadAllText(script) : throw new FileNotFoundException("Run npm ci in web/console first.", script);
    });

    /// <summary>What is seriously wrong, one line each.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(s_axe.Value);
        return await page.EvaluateAsync<string[]>(Run);
    }
}
