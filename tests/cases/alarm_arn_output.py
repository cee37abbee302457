"""Further cases of alarm-arn-output: the forms of a value, exports, names that are taken, what stays."""

from __future__ import annotations

from fixer.model import Case

_ALARMS = """\
Conditions:
  Watched: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
    Condition: Watched
  Any:
    Type: AWS::CloudWatch::CompositeAlarm
Outputs:
"""
_EXPORT = """\
  ErrorsAlarmArn:
    Condition: Watched
    Description: The Amazon Resource Name (ARN) of the alarm on errors
    Value: !GetAtt Errors.Arn
    Export: {Name: errors-arn}
"""

_NAMED = """\
Conditions:
  Watched: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: {AlarmName: !Sub '${Env}-errors'}
  Load:
    Type: AWS::CloudWatch::Alarm
    Condition: Watched
    Properties: {AlarmName: load}
Outputs:
"""

INVALID = (
    Case(
        "an ARN that is made of the explicit name",
        before=_NAMED
        + """\
  ErrorsArn: {Value: !Sub 'arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${Env}-errors'}
  LoadArn:
    Condition: Watched
    Value: !Sub 'arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:load'
  Named: {Value: !Sub '${Env}-errors', Description: ARN of the alarm}
""",
        after=_NAMED
        + """\
  LoadName:
    Condition: Watched
    Value: !Ref Load
  Named: {Value: !Sub '${Env}-errors', Description: Name of the alarm}
""",
        unsafe=True,
    ),
    Case(
        "every form of an ARN",
        before=_ALARMS
        + """\
  ShortArn: {Value: !GetAtt Any.Arn}
  LongArn:
    Value:
      Fn::GetAtt: [Any, Arn]
  TextArn: {Value: !Sub '${Any.Arn}'}
  OwnArn: {Value: !Sub ['${It}', {It: !GetAtt Any.Arn}]}
  MadeArn: {Value: !Sub 'arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${Any}'}
  JoinedArn: {Value: !Join [':', ['arn:aws:cloudwatch', !Ref AWS::Region, !Ref AWS::AccountId, alarm, !Ref Any]]}
  ListArns: {Value: !Join [', ', [!GetAtt Any.Arn, !GetAtt Errors.Arn]]}
  ChosenArn: {Value: !If [Watched, !GetAtt Errors.Arn, none]}
  NoSuchWord: {Value: !GetAtt Errors.Arn, Description: an ARN}
""",
        after=_ALARMS
        + """\
  ShortName: {Value: !Ref Any}
  LongName:
    Value:
      Ref: Any
  TextName: {Value: !Ref Any}
  OwnName: {Value: !Ref Any}
  MadeName: {Value: !Ref Any}
  JoinedName: {Value: !Ref Any}
  ListNames: {Value: !Join [', ', [!Ref Any, !Ref Errors]]}
  ChosenName: {Value: !If [Watched, !Ref Errors, none]}
  NoSuchWord: {Value: !Ref Errors, Description: a name}
""",
    ),
    Case(
        "names that are taken, and words that are none",
        before=_ALARMS
        + """\
  AlarmArn: {Value: !GetAtt Any.Arn, Description: 'Alarm ARN, see arn:aws:x'}
  AlarmName: {Value: prod-alarm, Description: something else}
  AlarmARN: {Value: !GetAtt Errors.Arn, Description: 'WARNING: the Alarm''s Arn'}
  WarningLearned: {Value: !GetAtt Errors.Arn}
""",
        after=_ALARMS
        + """\
  AlarmName2: {Value: !Ref Any, Description: 'Alarm name, see arn:aws:x'}
  AlarmName: {Value: prod-alarm, Description: something else}
  AlarmName3: {Value: !Ref Errors, Description: 'WARNING: the Alarm''s name'}
  WarningLearned: {Value: !Ref Errors}
""",
    ),
    Case(
        "an export gives the name, if that is asked for",
        before=_ALARMS + _EXPORT,
        after=_ALARMS
        + """\
  ErrorsAlarmName:
    Condition: Watched
    Description: The name of the alarm on errors
    Value: !Ref Errors
    Export: {Name: errors-arn}
""",
        unsafe=True,
    ),
    Case.grown(
        "an export with a condition stays",
        _ALARMS + _EXPORT,
        """\
  ErrorsAlarmName:
    Condition: Watched
    Description: The name of the alarm on errors
    Value: !Ref Errors
    Export:
      Name: !Sub ${AWS::StackName}-errors-alarm-name
""",
        says="gives the name; whoever imports",
    ),
    Case(
        "an ARN beside the name goes, if that is asked for",
        before=_ALARMS
        + """\
  AnyName: {Value: !Ref Any}
  AnyArn: {Value: !GetAtt Any.Arn}
  AnyNamesArn: {Value: !Ref Any}
""",
        after=_ALARMS
        + """\
  AnyName: {Value: !Ref Any}
  AnyNamesName: {Value: !Ref Any}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "an output of a loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Alarm${Name}:
        Type: AWS::CloudWatch::Alarm
Outputs:
  Fn::ForEach::Alarms:
    - Name
    - [A, B]
    - Alarm${Name}Arn:
        Value: !GetAtt [!Sub 'Alarm${Name}', Arn]
""",
        says="a loop makes the output",
    ),
    Case(
        "the ARN of an alarm that may not be there",
        before=_NAMED
        + """\
  LoadArn: {Value: !Sub 'arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:load'}
""",
        says="the alarm exists only under the condition Watched",
    ),
    Case(
        "an ARN beside the name",
        before=_ALARMS
        + """\
  AnyName: {Value: !Ref Any}
  AnyArn: {Value: !GetAtt Any.Arn}
""",
        says="output AnyName gives the name; whoever reads AnyArn loses it",
    ),
    Case(
        "ARNs of other resources, names that say so, and a loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Any:
    Type: AWS::CloudWatch::Alarm
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  TopicArn: {Value: !Ref Topic}
  AnyAlarm: {Value: !Ref Any, Description: Warned by this alarm}
  Both: {Value: !Sub '${Any} tells ${Topic}', Description: ARN of the topic}
  Fn::ForEach::Alarms:
    - Name
    - [Any]
    - ${Name}Arn: {Value: !GetAtt [!Ref Name, Arn]}
""",
    ),
)
