using Cinnabar.Shared;

namespace Cinnabar.Ledger.Evm.Tests.Contract;

public sealed class BytecodeTests
{
    /// <remarks>Anew: <c>npm ci &amp;&amp; npm run --silent compile > Anchors.json</c> in src/Ledger.Evm/contracts.</remarks>
    [Fact]
    public void ContractCompiledAgain_HasTheBytesThatAreCheckedIn()
    {
        var folder = Repository.Path("src", "Ledger.Evm", "contracts");
        NodePackage.Install(folder);

        Assert.Equal(File.ReadAllText(Path.Combine(folder, "Anchors.json")), NodePackage.Run(folder, "node", "compile.mjs"));
    }
}
