using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mono.Cecil;

namespace Compose.Tests.Conventions;

/// <summary>House rules that a reviewer would otherwise have to check.</summary>
public class HouseRuleTests
{
    /// <summary>Calls that block a thread until other work is done. Only the event pump of the cmdlets may make them.</summary>
    private static readonly (string Type, string Method)[] BlockingCalls =
    [
        ("System.Threading.Tasks.Task", "Wait"),
        ("System.Threading.Tasks.Task", "WaitAll"),
        ("System.Threading.Tasks.Task", "WaitAny"),
        ("System.Threading.Tasks.Task`1", "get_Result"),
        ("System.Threading.Tasks.ValueTask`1", "get_Result"),
        ("System.Diagnostics.Process", "WaitForExit"),
        ("System.Threading.Thread", "Sleep"),
        ("System.Threading.Thread", "Join"),
        ("System.Threading.WaitHandle", "WaitOne"),
        ("System.Threading.WaitHandle", "WaitAny"),
        ("System.Threading.WaitHandle", "WaitAll"),
        ("System.Threading.SemaphoreSlim", "Wait"),
        ("System.Threading.ManualResetEventSlim", "Wait"),
        ("System.Collections.Concurrent.BlockingCollection`1", "Take"),
        ("System.Collections.Concurrent.BlockingCollection`1", "GetConsumingEnumerable"),
    ];

    /// <summary>What Core is given as a value, and must not read itself.</summary>
    private static readonly (string Type, string Method)[] AmbientReads =
    [
        ("System.Environment", "GetEnvironmentVariable"),
        ("System.Environment", "GetEnvironmentVariables"),
        ("System.Environment", "ExpandEnvironmentVariables"),
        ("System.Environment", "get_CurrentDirectory"),
        ("System.Environment", "GetFolderPath"),
        ("System.IO.Directory", "GetCurrentDirectory"),
        ("System.DateTime", "get_Now"),
        ("System.DateTime", "get_UtcNow"),
        ("System.DateTimeOffset", "get_Now"),
        ("System.DateTimeOffset", "get_UtcNow"),
    ];

    /// <summary>
    /// Types that may block: the pump, and the stream whose thread only reads a socket and may wait for free buffer space.
    /// </summary>
    private static readonly string[] Blocking = [
        "Compose.Module.Common.Output.EventPump", "Compose.Engine.Transport.GatheringStream"];

    [Fact]
    public void Nothing_blocks_outside_the_pump()
    {
        var offences =
            from assembly in ProductAssembly.All
            from method in ProductAssembly.Methods(assembly)
            where !Blocking.Contains(ProductAssembly.Outermost(method.DeclaringType).FullName)
            from call in ProductAssembly.Calls(method)
            where Is(call, BlockingCalls) || WaitsOnAwaiter(method, call)
            select $"{method.FullName} calls {call.FullName}";

        Assert.Empty(offences);
    }

    [Fact]
    public void Core_reads_no_environment_directory_or_clock()
    {
        var offences =
            from assembly in new[] { ProductAssembly.Yaml, ProductAssembly.Docker, ProductAssembly.Core }
            from method in ProductAssembly.Methods(assembly)
            from call in ProductAssembly.Calls(method)
            where Is(call, AmbientReads)
            select $"{method.FullName} calls {call.FullName}";

        Assert.Empty(offences);
    }

    /// <summary>Given a bare name, .NET starts a program in the current directory rather than the one in PATH.</summary>
    [Fact]
    public void One_place_starts_programs()
    {
        var offences =
            from assembly in ProductAssembly.All
            from method in ProductAssembly.Methods(assembly)
            where ProductAssembly.Outermost(method.DeclaringType).FullName != "Compose.Engine.Programs.ChildProgram"
            from call in ProductAssembly.Calls(method)
            where Is(call, [("System.Diagnostics.Process", "Start")])
            select method.FullName;

        Assert.Empty(offences);
    }

    /// <summary>
    /// A record that is read anywhere else may contain a null that it does not allow, and errors would be the framework's.
    /// </summary>
    [Fact]
    public void One_place_reads_the_engines_json()
    {
        var offences =
            from method in ProductAssembly.Methods(ProductAssembly.Core).Concat(ProductAssembly.Methods(ProductAssembly.Docker))
            let type = ProductAssembly.Outermost(method.DeclaringType)
            where type.FullName != "Compose.Engine.Dto.EngineAnswer" && type.Name != "EngineJson"
            from call in ProductAssembly.Calls(method)
            where call.DeclaringType.FullName == "System.Text.Json.JsonSerializer"
                && call.Name.StartsWith("Deserialize", StringComparison.Ordinal)
            select method.FullName;

        Assert.Empty(offences);
    }

    /// <summary>
    /// A search in an error message. Only EngineFailure may search an engine's messages; it turns them into ids, kinds and
    /// values.
    /// </summary>
    private static readonly Regex SearchedMessage = new(
        @"\.Message\??\s*\.(IndexOf|Contains|StartsWith|EndsWith)\(|Match\([^;\n]*\.Message\b", RegexOptions.CultureInvariant);

    [Fact]
    public void No_error_is_told_by_the_words_of_its_message() =>
        Assert.DoesNotContain(SourceTree.Files("src"), file => SearchedMessage.IsMatch(File.ReadAllText(file)));

    [Theory]
    [InlineData("when (exception.Info.Message.IndexOf(\n    \"gone\", StringComparison.Ordinal) >= 0)", true)]
    [InlineData("Holder.Match(exception.Info.Message) is { Success: true }", true)]
    [InlineData("throw Errors.Refused.Exception($\"It failed: {exception.Message}\");", false)]
    public void A_message_is_searched_where_its_text_decides(string code, bool isSearched) =>
        Assert.Equal(isSearched, SearchedMessage.IsMatch(code));

    [Fact]
    public void Nothing_writes_to_the_console()
    {
        var offences =
            from assembly in ProductAssembly.All
            from method in ProductAssembly.Methods(assembly)
            from call in ProductAssembly.Calls(method)
            where call.DeclaringType.FullName == "System.Console"
                && call.Name is not ("OpenStandardInput" or "get_InputEncoding" or "set_InputEncoding")
            select method.FullName;

        Assert.Empty(offences);
    }

    /// <summary>An empty catch, or one that only returns without a comment that says why.</summary>
    private static readonly Regex SilentCatch = new(
        @"catch\b[^{;]*\{((\s|//[^\n]*\n)*|\s*(return|break);\s*)\}", RegexOptions.CultureInvariant);

    [Fact]
    public void No_catch_is_silent() =>
        Assert.DoesNotContain(SourceTree.Files("src"), file => SilentCatch.IsMatch(File.ReadAllText(file)));

    [Theory]
    [InlineData("catch { }", true)]
    [InlineData("catch (IOException)\n{\n    // Never mind.\n}", true)]
    [InlineData("catch (IOException exception) when (exception.HResult == 1)\n{\n    return;\n}", true)]
    [InlineData("catch (IOException)\n{\n    // The file went away, so there is nothing to copy.\n    return;\n}", false)]
    [InlineData("catch (IOException)\n{\n    return null;\n}", false)]
    public void A_catch_is_silent_where_it_says_and_does_nothing(string code, bool isSilent) =>
        Assert.Equal(isSilent, SilentCatch.IsMatch(code));

    [Fact]
    public void A_file_is_no_longer_than_a_subject_takes_and_has_no_regions()
    {
        var offences =
            from file in SourceTree.Files("src")
            let lines = File.ReadAllLines(file)
            where lines.Length > 300 || lines.Any(line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal))
            select file;

        Assert.Empty(offences);
    }

    [Fact]
    public void Scripts_find_the_same_plain_values_under_the_same_name()
    {
        string[] texts = ["State", "Health", "EngineHost", "ProjectName", "Container"];
        var offences =
            from type in ProductAssembly.Types(ProductAssembly.Core)
            where type.IsPublic
            from property in type.Properties
            where property.GetMethod is { IsPublic: true }
            let name = property.PropertyType.FullName
            where name.StartsWith("System.Collections.Immutable.", StringComparison.Ordinal)
                || (texts.Contains(property.Name) && name != "System.String")
                || (property.Name == "Replica" && name is not ("System.Int32" or "System.Nullable`1<System.Int32>"))
            select $"{property.FullName}";

        Assert.Empty(offences);
    }

    [Theory]
    [InlineData("Compose.Core")]
    [InlineData("Compose")]
    public void Every_public_type_has_a_summary(string assemblyName)
    {
        var documented = XDocument.Load(Path.Combine(AppContext.BaseDirectory, assemblyName + ".xml"))
            .Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        var assembly = ProductAssembly.All.Single(candidate => candidate.Name.Name == assemblyName);

        var undocumented = ProductAssembly.Types(assembly)
            .Where(type => type.IsPublic || type.IsNestedPublic)
            .Select(type => "T:" + type.FullName.Replace('/', '.'))
            .Where(name => !documented.Contains(name));

        Assert.Empty(undocumented);
    }

    [Fact]
    public void An_error_record_is_made_of_a_table_s_error_or_a_diagnostic()
    {
        var offences =
            from method in ProductAssembly.Methods(ProductAssembly.Module)
            where ProductAssembly.Outermost(method.DeclaringType).FullName != "Compose.Module.Common.Output.ErrorRecords"
            from call in ProductAssembly.Calls(method)
            where call.DeclaringType.FullName == "System.Management.Automation.ErrorRecord" && call.Name == ".ctor"
            select method.FullName;

        Assert.Empty(offences);
    }

    [Fact]
    public void Every_error_of_a_table_says_what_to_do() =>
        Assert.Empty(
            from table in typeof(Compose.Errors.ErrorDefinition).Assembly.GetTypes()
            where table.Namespace == "Compose.Errors"
            from field in table.GetFields()
            where field.IsStatic && field.GetValue(null) is Compose.Errors.ErrorDefinition { Advice: null or "" }
            select field.Name);

    [Fact]
    public void Every_error_of_a_table_has_an_id_of_its_own()
    {
        var repeated =
            from table in typeof(Compose.Errors.ErrorDefinition).Assembly.GetTypes()
            where table.Namespace == "Compose.Errors" && table.IsAbstract && table.IsSealed && !table.IsNested
            from same in table.GetFields().Select(Id).GroupBy(id => id)
            where same.Count() > 1
            select $"{table.Name}: {same.Key}";

        Assert.Empty(repeated);

        static string Id(System.Reflection.FieldInfo field) =>
            field.GetValue(null) as string ?? ((Compose.Errors.ErrorDefinition)field.GetValue(null)!).Id;
    }

    private static bool Is(MethodReference call, (string Type, string Method)[] table) =>
        table.Contains((call.DeclaringType.GetElementType().FullName, call.Name));

    /// <summary>GetAwaiter().GetResult() anywhere but in the state machine of an async method.</summary>
    private static bool WaitsOnAwaiter(MethodDefinition method, MethodReference call) =>
        call.Name == "GetResult"
        && call.DeclaringType.FullName.Contains("TaskAwaiter", StringComparison.Ordinal)
        && !method.DeclaringType.Interfaces.Any(implemented => implemented.InterfaceType.Name == "IAsyncStateMachine");
}
