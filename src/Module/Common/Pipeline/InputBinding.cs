using System.Management.Automation;
using System.Reflection;
using Compose.Errors;
using Compose.Module.Common.Output;

namespace Compose.Module.Common.Pipeline;

/// <summary>
/// Makes an object given as -InputObject equivalent to a piped one. The shell binds an object's properties to parameters only
/// from the pipeline; without this, -InputObject would set no name, and the cmdlet would act on everything.
/// </summary>
internal static class InputBinding
{
    private const string Input = "InputObject";

    /// <summary>Whether -InputObject was given as a parameter.</summary>
    public static bool IsGiven(PSCmdlet cmdlet) =>
        !cmdlet.MyInvocation.ExpectingInput && cmdlet.MyInvocation.BoundParameters.ContainsKey(Input);

    /// <summary>Processes the piped record, or each object of -InputObject, with its properties bound to parameters.</summary>
    public static void ForEach(PSCmdlet cmdlet, Action process)
    {
        if (!IsGiven(cmdlet))
        {
            process();
            return;
        }

        var parameter = cmdlet.GetType().GetProperty(Input)!;
        var given = (PSObject?)parameter.GetValue(cmdlet);
        var unbound = Unbound(cmdlet);
        foreach (var item in Items(given))
        {
            parameter.SetValue(cmdlet, item);
            var before = unbound.ConvertAll(property => property.GetValue(cmdlet));
            if (Bind(cmdlet, unbound, item) is { } unusable)
                cmdlet.WriteError(ErrorRecords.From(ModuleErrors.UnusableProperty.Info(
                    $"The object's {unusable} is empty or of another type, so it does not say what to act on.", item)));
            else
                process();
            foreach (var (property, value) in unbound.Zip(before, (property, value) => (property, value)))
                property.SetValue(cmdlet, value);
        }
    }

    /// <summary>The parameters that bind to a piped object's properties and were not given themselves.</summary>
    private static List<PropertyInfo> Unbound(PSCmdlet cmdlet) =>
    [
        .. cmdlet.GetType().GetProperties()
            .Where(TakesPropertyOfInput)
            .Where(property => !cmdlet.MyInvocation.BoundParameters.ContainsKey(property.Name)),
    ];

    private static bool TakesPropertyOfInput(PropertyInfo parameter) =>
        parameter.GetCustomAttributes<ParameterAttribute>().Any(attribute => attribute.ValueFromPipelineByPropertyName);

    /// <summary>The items of a list, as the pipeline would pass them, or the object itself.</summary>
    private static IEnumerable<PSObject?> Items(PSObject? given) =>
        LanguagePrimitives.GetEnumerable(given) is { } list
            ? list.Cast<object?>().Select(item => item is null ? null : PSObject.AsPSObject(item))
            : [given];

    /// <summary>
    /// Binds the object's properties to parameters. Returns the name of a property that cannot be bound, or null. As in the
    /// pipeline the object is then refused, because without the property the cmdlet would act on more than the object.
    /// </summary>
    private static string? Bind(PSCmdlet cmdlet, List<PropertyInfo> parameters, PSObject? item)
    {
        foreach (var parameter in parameters)
        {
            var found = Names(parameter).Select(name => item?.Properties[name]).OfType<PSPropertyInfo>().FirstOrDefault();
            if (found is null)
                continue;
            var converts = LanguagePrimitives.TryConvertTo(found.Value, parameter.PropertyType, out var value);
            if (!converts || (MustHaveValue(parameter) && IsEmpty(value)))
                return found.Name;
            parameter.SetValue(cmdlet, value);
        }

        return null;
    }

    private static bool MustHaveValue(PropertyInfo parameter) => parameter.IsDefined(typeof(ValidateNotNullOrEmptyAttribute));

    private static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => text.Length == 0,
        string?[] list => list.Length == 0 || list.Any(string.IsNullOrEmpty),
        _ => false,
    };

    private static IEnumerable<string> Names(PropertyInfo parameter) =>
        [parameter.Name, .. parameter.GetCustomAttributes<AliasAttribute>().SelectMany(alias => alias.AliasNames)];
}
