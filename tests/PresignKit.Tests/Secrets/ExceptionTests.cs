using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class ExceptionTests
{
    private static readonly string[] SkippedMethods = ["GetType", "ToString", "GetHashCode", "Equals", "<Clone>$", "op_Equality", "op_Inequality", "Deconstruct"];

    private readonly Outputs _outputs = new();

    [Fact]
    public void EveryPublicMember_InvalidArguments_RevealsNoSecret()
    {
        foreach (Type type in typeof(S3Presigner).Assembly.GetExportedTypes().Where(type => !type.IsEnum && !type.IsInterface))
        {
            foreach (MethodBase member in type.GetConstructors().Cast<MethodBase>().Concat(type.GetMethods().Where(one => !SkippedMethods.Contains(one.Name) && !one.IsSpecialName)))
            {
                if (!member.ContainsGenericParameters && member.GetParameters().All(parameter => !parameter.ParameterType.IsByRefLike))
                {
                    CallWithBadArguments(type, member);
                }
            }
        }

        _outputs.Leaks.Should().BeEmpty();
        _outputs.Exceptions.Should().BeGreaterThan(500);
        _outputs.Messages.Count.Should().BeGreaterThan(100);
    }

    [Fact]
    public void EveryProperty_InvalidValue_RevealsNoSecretWhenSigned()
    {
        foreach ((Type type, Func<object> make) in SecretSamples.All)
        {
            foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
            {
                foreach (object? value in BadInputs.Bad(property.PropertyType, property.Name))
                {
                    string call = FormattableString.Invariant($"{type.Name}.{property.Name} = {value}");
                    object sample = make();
                    _outputs.Run(call, () => Set(property, sample, value));
                    Use(call, sample);
                }
            }
        }

        _outputs.Leaks.Should().BeEmpty();
        _outputs.Exceptions.Should().BeGreaterThan(500);
        _outputs.Messages.Count.Should().BeGreaterThan(100);
    }

    [Fact]
    public void Spans_InvalidArguments_RevealNoSecret()
    {
        _outputs.Run("SseCustomerKey", () => new SseCustomerKey(Markers.CustomerKey.AsSpan(1)));
        _outputs.Run("Checksum", () => new Checksum(ChecksumAlgorithm.Crc32, Markers.CustomerKey));
        _outputs.Run("TryPresign", () => SecretSamples.Presigner().TryPresign(SecretSamples.Upload, new char[10], out _));
        _outputs.Run("TryPresign", () => SecretSamples.Presigner().TryPresign(new GetObject("key") { ExpiresIn = TimeSpan.FromDays(30) }, new char[10], out _));

        _outputs.Exceptions.Should().Be(4);
        _outputs.Leaks.Should().BeEmpty();
    }

    [Fact]
    public void Json_TruncatedOrCorrupted_RevealsNoSecret()
    {
        Read<PresignedUrl>(JsonSerializer.Serialize(SecretSamples.Presigned));
        Read<PresignedPost>(JsonSerializer.Serialize(SecretSamples.Posted));

        _outputs.Exceptions.Should().BeGreaterThan(1000);
        _outputs.Leaks.Should().BeEmpty();
    }

    [Fact]
    public void Form_FieldThatContradictsAConditionOnAnEncryptionKey_RevealsNoKey()
    {
        PostCondition condition = PostCondition.StartsWith("x-amz-server-side-encryption-customer-key", Markers.CustomerKeyBase64[..20]);
        PresignedPost post = SecretSamples.Presigner().PresignPost(new PostPolicy(PostKey.Exact("key")) { Conditions = [condition] });

        _outputs.Run("missing", () => post.ToMultipartContent(Stream.Null, "a.txt"));
        _outputs.Run("different", () => post.ToMultipartContent(Stream.Null, "a.txt", TestPresigner.Pairs((condition.Field, "x" + Markers.CustomerKeyBase64))));
        _outputs.Run("twice", () => post.ToMultipartContent(Stream.Null, "a.txt", TestPresigner.Pairs(("policy", SecretSamples.Posted.Fields[^2].Value))));

        _outputs.Exceptions.Should().Be(3);
        _outputs.Leaks.Should().BeEmpty();
    }

    [Fact]
    public void Options_ManyErrors_RevealNoSecret()
    {
        PresignerOptions options = new()
        {
            Endpoint = $"https://AK:{Markers.SecretAccessKey}@s3.example?token={Markers.SessionToken}",
            Region = "a b",
            Bucket = "A",
            AccessKeyId = "",
            SecretAccessKey = Markers.SecretAccessKey + "\n",
            SessionToken = " " + Markers.SessionToken,
            PublicUrl = $"https://AK:{Markers.SecretAccessKey}@cdn.example",
            DefaultExpiresIn = TimeSpan.Zero,
        };

        Action build = () => _ = new S3Presigner(options);

        OptionsValidationException e = build.Should().Throw<OptionsValidationException>().Which;
        e.Failures.Should().HaveCountGreaterThan(5);
        _outputs.Look("options", e);
        _outputs.Leaks.Should().BeEmpty();
    }

    private static object? Set(PropertyInfo property, object sample, object? value)
    {
        property.SetValue(sample, value);
        return sample;
    }

    private void CallWithBadArguments(Type type, MethodBase member)
    {
        ParameterInfo[] parameters = member.GetParameters();
        object?[] good = [.. parameters.Select(BadInputs.Good)];
        Call(type, member, good);
        for (int i = 0; i < parameters.Length; i++)
        {
            foreach (object? bad in BadInputs.Bad(parameters[i].ParameterType, parameters[i].Name!))
            {
                object?[] arguments = [.. good];
                arguments[i] = bad;
                Call(type, member, arguments);
            }
        }
    }

    private void Call(Type type, MethodBase member, object?[] arguments)
    {
        string call = $"{type.Name}.{member.Name}";
        _outputs.Run(call, () => member is ConstructorInfo constructor ? UseAndReturn(call, constructor.Invoke(arguments))
            : member.IsStatic ? member.Invoke(null, arguments)
            : SecretSamples.All.TryGetValue(type, out Func<object>? make) ? member.Invoke(make(), arguments)
            : null);
    }

    private object UseAndReturn(string call, object instance)
    {
        Use(call, instance);
        return instance;
    }

    // Some errors in a part are detected only when the whole operation is signed.
    private void Use(string call, object sample)
    {
        S3Presigner presigner = SecretSamples.Presigner();
        switch (sample)
        {
            case S3Operation operation:
                _outputs.Run(call, () => presigner.Presign(operation));
                _outputs.Run(call, () => presigner.Explain(operation));
                break;
            case PostPolicy policy:
                _outputs.Run(call, () => presigner.PresignPost(policy));
                break;
            case CopySource source:
                _outputs.Run(call, () => presigner.Presign(new CopyObject("key", source)));
                break;
            case PresignerOptions options:
                _outputs.Run(call, () => new S3Presigner(options).Presign(SecretSamples.Upload));
                break;
            case ResignChanges changes:
                _outputs.Run(call, () => presigner.Resign(SecretSamples.Bare.Url, HttpMethod.Get, changes));
                _outputs.Run(call, () => presigner.Resign(SecretSamples.Presigned.Url, HttpMethod.Put, changes));
                break;
            case SigV4QueryRequest request:
                _outputs.Run(call, () => new SigV4QuerySigner(SecretSamples.Credentials, "eu-west-1", "sts").Presign(request));
                break;
        }
    }

    private void Read<T>(string json)
    {
        // Starts after the opening brace, because without it System.Text.Json rejects the text before it calls the converter.
        for (int i = 1; i < json.Length; i++)
        {
            _outputs.Run("truncated", () => JsonSerializer.Deserialize<T>(json[..i]));
            _outputs.Run("corrupted", () => JsonSerializer.Deserialize<T>(json[..i] + "\"" + json[(i + 1)..]));
            _outputs.Run("characters removed", () => JsonSerializer.Deserialize<T>(json.Remove(i, Math.Min(10, json.Length - i))));
        }
    }
}
