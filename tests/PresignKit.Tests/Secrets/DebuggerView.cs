using System.Collections;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PresignKit.Tests;

/// <summary>The view of an object in a debugger with every node expanded, including non-public members. Each line has a path and a value.</summary>
internal sealed class DebuggerView
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Path, string Text)> _lines = [];

    public static IReadOnlyList<(string Path, string Text)> Of(object value)
    {
        DebuggerView view = new();
        view.Show(value.GetType().Name, value);
        return view._lines;
    }

    private void Show(string path, object? value)
    {
        switch (value)
        {
            case null:
                return;
            case string text:
                _lines.Add((path, text));
                return;
            case byte[] bytes:
                _lines.Add((path, Marker.Latin1(bytes)));
                return;
            case Type or MemberInfo or Thread or Exception:
                return;
            case Task<S3Credentials> { IsCompletedSuccessfully: true } task:
                Show(path + ".Result", task.Result);
                return;
            case Delegate function:
                Show(path + ".Target", function.Target);
                return;
        }

        Type type = value.GetType();
        if (!type.IsValueType && !_seen.Add(value))
        {
            return;
        }

        _lines.Add((path, Display(value)));
        if (value is IEnumerable many)
        {
            int i = 0;
            foreach (object? one in many)
            {
                Show($"{path}[{i++}]", one);
            }
        }
        else if (type.Assembly == typeof(S3Presigner).Assembly || type.Assembly == typeof(DebuggerView).Assembly || type.Name.StartsWith("KeyValuePair", StringComparison.Ordinal))
        {
            Expand(path, value);
        }
    }

    private void Expand(string path, object value)
    {
        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            string[] hidden = [.. type.GetProperties(Members).Where(IsHidden).Select(property => property.Name)];
            foreach (PropertyInfo property in type.GetProperties(Members).Where(one => one.GetIndexParameters().Length == 0 && one.GetMethod is not null && !IsHidden(one) && !one.PropertyType.IsByRefLike))
            {
                Show($"{path}.{property.Name}", ValueOf(() => property.GetValue(value)));
            }

            // The backing field of a hidden property does not have a separate node.
            foreach (FieldInfo field in type.GetFields(Members).Where(one => !IsHidden(one) && !hidden.Contains(PropertyOf(one))))
            {
                Show($"{path}.{field.Name}", field.GetValue(value));
            }
        }
    }

    private static string Display(object value)
    {
        DebuggerDisplayAttribute? display = value.GetType().GetCustomAttribute<DebuggerDisplayAttribute>();
        return display is null || value.GetType().Assembly != typeof(S3Presigner).Assembly
            ? value.ToString() ?? ""
            : Regex.Replace(display.Value, @"\{(\w+)(\(\))?(,nq)?\}", match => Evaluate(value, match.Groups[1].Value));
    }

    private static string Evaluate(object value, string name) =>
        (value.GetType().GetProperty(name, Members) is { } property ? property.GetValue(value) : value.GetType().GetMethod(name, Type.EmptyTypes)!.Invoke(value, null))?.ToString() ?? "null";

    private static object? ValueOf(Func<object?> get)
    {
        try
        {
            return get();
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException!.Message;
        }
    }

    // The fields of captured primary constructor parameters are hidden in a debug build, but not in a release build.
    private static bool IsHidden(MemberInfo member) => !member.Name.EndsWith(">P", StringComparison.Ordinal) && member.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State == DebuggerBrowsableState.Never;

    private static string PropertyOf(FieldInfo field) =>
        field.IsDefined(typeof(CompilerGeneratedAttribute)) && field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : "";
}
