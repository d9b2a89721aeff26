using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Compose.Tests.Conventions;

/// <summary>
/// Which members of the product's code use which, by type and name. The code of lambdas and async methods counts as that of the
/// method that contains them.
/// </summary>
internal static class CallGraph
{
    private static readonly ILookup<(string Type, string Member), (string Type, string Member)> Uses = (
        from assembly in ProductAssembly.All
        from method in ProductAssembly.Methods(assembly)
        let user = Owner(method)
        from operand in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MemberReference>()
        where operand is MethodReference or FieldReference
        let used = Owner(operand)
        where used != user
        select (user, used)).Distinct().ToLookup(pair => pair.user, pair => pair.used);

    /// <summary>
    /// The members that can be reached from the given ones, by simple names. Using a type also runs its initializers.
    /// </summary>
    public static HashSet<(string Type, string Member)> ReachedFrom(params (string Type, string Member)[] starts)
    {
        var reached = new HashSet<(string Type, string Member)>(starts);
        var open = new Stack<(string Type, string Member)>(starts);
        while (open.Count > 0)
        {
            var member = open.Pop();
            foreach (var used in Uses[member].Append((member.Type, ".cctor")).Where(reached.Add))
                open.Push(used);
        }

        return reached;
    }

    /// <summary>
    /// The names in the source code: <c>T</c> and <c>X</c> for <c>T/&lt;X&gt;d__1::MoveNext</c>, and the property's name for an
    /// accessor.
    /// </summary>
    private static (string Type, string Member) Owner(MemberReference member)
    {
        var (type, name) = (member.DeclaringType, member.Name);
        for (; type.DeclaringType is not null && type.Name.StartsWith("<", StringComparison.Ordinal); type = type.DeclaringType)
        {
            if (!name.StartsWith("<", StringComparison.Ordinal))
                name = type.Name;
        }

        var written = Regex.Match(name, "^<([^>]+)>") is { Success: true } match ? match.Groups[1].Value : name;
        return (type.Name, Regex.Replace(written, "^(get|set)_", ""));
    }
}
