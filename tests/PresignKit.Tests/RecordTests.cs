using System.Collections;
using System.Reflection;

namespace PresignKit.Tests;

/// <summary>Every public record is a value: it copies collections and compares them by content.</summary>
public class RecordTests
{
    private static readonly Type[] Types =
    [
        .. typeof(S3Presigner).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type.GetMethod("<Clone>$") is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    public static TheoryData<Type> Records => [.. Types];

    /// <summary>Every property that can be set, and the record that declares it.</summary>
    public static TheoryData<Type, string> Properties
    {
        get
        {
            TheoryData<Type, string> data = [];
            foreach (Type type in Types)
            {
                foreach (PropertyInfo property in Settable(type))
                {
                    data.Add(type, property.Name);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Records_InTheLibrary_AreFound() => Types.Should().Contain([typeof(GetObject), typeof(S3Request), typeof(ResignChanges), typeof(SigV4QueryRequest)]);

    [Theory]
    [MemberData(nameof(Records))]
    public void Equals_EqualContent_IsTrue(Type type)
    {
        object one = Create(type), other = Create(type);

        one.Should().NotBeSameAs(other);
        one.Equals(other).Should().BeTrue();
        one.GetHashCode().Should().Be(other.GetHashCode());
        AllSet(type).Should().Be(AllSet(type));
        AllSet(type).GetHashCode().Should().Be(AllSet(type).GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void With_NoChange_KeepsAllValues(Type type)
    {
        object record = AllSet(type);

        object copy = type.GetMethod("<Clone>$")!.Invoke(record, null)!;

        copy.Should().NotBeSameAs(record);
        copy.Equals(record).Should().BeTrue();
        foreach (PropertyInfo property in Readable(type))
        {
            Content(property.GetValue(copy)).Should().Be(Content(property.GetValue(record)), property.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Property_SetToEqualOrDifferentContent_IsComparedByEquals(Type type, string name)
    {
        PropertyInfo property = type.GetProperty(name)!;
        object first = Create(type), same = Create(type), different = Create(type);
        property.SetValue(first, Value(property, 1));
        property.SetValue(same, Value(property, 1));
        property.SetValue(different, Value(property, 2));

        first.Equals(same).Should().BeTrue();
        first.GetHashCode().Should().Be(same.GetHashCode());
        first.Equals(different).Should().BeFalse();
        Content(property.GetValue(first)).Should().Be(Content(Value(property, 1)));
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Property_SourceChangedAfterwards_KeepsItsContent(Type type, string name)
    {
        PropertyInfo property = type.GetProperty(name)!;
        if (!IsCollection(property.PropertyType))
        {
            return;
        }

        object record = Create(type);
        object source = Value(property, 1)!;
        property.SetValue(record, source);
        string before = Content(property.GetValue(record));
        int hash = record.GetHashCode();

        source.GetType().GetMethod("Clear")!.Invoke(source, null);

        Content(property.GetValue(record)).Should().Be(before);
        record.GetHashCode().Should().Be(hash);
        ShouldBeReadOnly(property.GetValue(record)!);
        ShouldBeReadOnly(property.GetValue(Create(type)));
    }

    private static void ShouldBeReadOnly(object? collection)
    {
        (collection as IList)?.IsReadOnly.Should().BeTrue();
        (collection as IDictionary)?.IsReadOnly.Should().BeTrue();
        foreach (Type mutable in collection?.GetType().GetInterfaces().Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ICollection<>)) ?? [])
        {
            mutable.GetProperty("IsReadOnly")!.GetValue(collection).Should().Be(true);
        }

        collection?.GetType().IsArray.Should().BeFalse("array elements can be replaced");
    }

    private static PropertyInfo[] Readable(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static IEnumerable<PropertyInfo> Settable(Type type) => Readable(type).Where(property => property.SetMethod is { IsPublic: true });

    private static object AllSet(Type type)
    {
        object record = Create(type);
        foreach (PropertyInfo property in Settable(type))
        {
            property.SetValue(record, Value(property, 1));
        }

        return record;
    }

    /// <summary>A new instance from the first public constructor, or from the first static factory.</summary>
    private static object Create(Type type, int seed = 1)
    {
        if (type == typeof(Checksum))
        {
            return Value(type, type.Name, seed)!;
        }

        ConstructorInfo? constructor = type.GetConstructors().FirstOrDefault(one => one.GetParameters().All(parameter => !parameter.ParameterType.IsByRefLike));
        if (constructor is not null)
        {
            return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, parameter.Name!, seed))]);
        }

        MethodInfo factory = type.GetMethods(BindingFlags.Public | BindingFlags.Static).First(method => !method.IsSpecialName && method.ReturnType == type);
        return factory.Invoke(null, [.. factory.GetParameters().Select(parameter => Value(parameter.ParameterType, parameter.Name!, seed))])!;
    }

    private static object? Value(PropertyInfo property, int seed) => Value(property.PropertyType, property.Name, seed);

    private static object? Value(Type type, string name, int seed)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? Text(name, seed)
            : type == typeof(bool) ? seed == 1
            : type == typeof(int) ? seed + 100
            : type == typeof(long) ? seed + 100L
            : type == typeof(TimeSpan) ? TimeSpan.FromMinutes(seed)
            : type == typeof(DateTimeOffset) ? TestPresigner.Now.AddDays(seed)
            : type == typeof(HttpMethod) ? (seed == 1 ? HttpMethod.Get : HttpMethod.Put)
            : type == typeof((long, long)) ? (1L, seed + 1L)
            : type == typeof(SseCustomerKey) ? new SseCustomerKey([.. Enumerable.Repeat((byte)seed, SseCustomerKey.Size)])
            : type == typeof(Checksum) ? new Checksum(ChecksumAlgorithm.Crc32, [0, 0, 0, (byte)seed])
            : type == typeof(ByteRange) ? new ByteRange(0, seed)
            : type == typeof(CopySource) ? new CopySource("src-bucket", "key" + seed)
            : type == typeof(ServerSideEncryption) ? ServerSideEncryption.Kms("id" + seed) with { EncryptionContext = new Dictionary<string, string> { ["a"] = "b" } }
            : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length > 2 ? seed : seed - 1)
            : IsDictionary(type) ? new Dictionary<string, string> { ["a"] = "1", ["b"] = Text(name, seed) }
            : IsCollection(type) ? ListOf(ItemOf(type), name, seed)
            : WithOneSet(type, seed);
    }

    private static string Text(string name, int seed) => name switch
    {
        "ContentMD5" => Convert.ToBase64String([.. Enumerable.Repeat((byte)seed, 16)]),
        "bucket" => "bucket-" + seed,
        "prefix" => $"folder-{seed}/",
        _ => "text" + seed,
    };

    // A new list with equal content on each call. A List rather than an array, so that a test can clear it afterwards.
    private static IList ListOf(Type item, string name, int seed)
    {
        IList list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(item == typeof(KeyValuePair<string, string>) ? new KeyValuePair<string, string>("a", Text(name, seed)) : Value(item, name, seed));
        return list;
    }

    /// <summary>Creates an instance of a library type whose constructor arguments and first settable property depend on the seed.</summary>
    private static object WithOneSet(Type type, int seed)
    {
        object record = Create(type, seed);
        PropertyInfo? property = Settable(type).FirstOrDefault(one => !IsCollection(one.PropertyType));
        property?.SetValue(record, Value(property, seed));
        return record;
    }

    private static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    private static bool IsCollection(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static Type ItemOf(Type type) => type.GetGenericArguments().Single();

    private static string Content(object? value) => value is IEnumerable many and not string ? string.Join(';', many.Cast<object>().Select(Content)) : value?.ToString() ?? "null";
}
