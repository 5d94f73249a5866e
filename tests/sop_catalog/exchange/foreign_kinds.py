"""What files of other people's tools may hold besides one process of tasks: choreographies, data, several diagrams, comments …"""

from __future__ import annotations

from tests.sop_catalog.exchange.foreign_pieces import LINE, UTF8, edge, file, line, picture, shape


def _choreography() -> str:
    body = (
        '<choreography id="ch" name="Koreografi"><participant id="pa" name="A"/><participant id="pb" name="B"/><messageFlow id="mf" sourceRef="pa" targetRef="pb" messageRef="m"/>'
        '<startEvent id="s"/><choreographyTask id="ct" name="Tanya" initiatingParticipantRef="pa"><participantRef>pa</participantRef><participantRef>pb</participantRef><messageFlowRef>mf</messageFlowRef></choreographyTask>'
        '<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="ct"/><sequenceFlow id="f2" sourceRef="ct" targetRef="e"/></choreography><message id="m" name="Tanya"/>'
    )
    drawn = picture(
        "ch",
        shape("s", 10, 40, 36, 36),
        shape("ct", 100, 10),
        shape(
            "pa",
            100,
            10,
            100,
            20,
            ' participantBandKind="top_initiating" choreographyActivityShape="ct_di" isMessageVisible="true"',
        ),
        shape("e", 300, 40, 36, 36),
        edge("f1", (46, 58), (100, 58)),
        edge("f2", (200, 58), (300, 58)),
    )
    return file("", body + drawn)


def _conversation() -> str:
    body = (
        '<collaboration id="c"><participant id="pa" name="Pemohon"/><participant id="pb" name="Kantor"><participantMultiplicity minimum="1" maximum="5"/></participant>'
        '<conversation id="cv" name="Permohonan"><participantRef>pa</participantRef><participantRef>pb</participantRef></conversation>'
        '<conversationLink id="cl" sourceRef="pa" targetRef="cv"/></collaboration>'
    )
    return file(
        "",
        body
        + picture(
            "c",
            shape("pa", 10, 10),
            shape("pb", 300, 10),
            shape("cv", 180, 30, 40, 35),
            edge("cl", (110, 50), (180, 48)),
        ),
    )


def _data() -> str:
    more = (
        '<dataObject id="do" name="Berkas" isCollection="true" itemSubjectRef="it"/><dataObjectReference id="dor" name="Berkas" dataObjectRef="do"><dataState id="st" name="lengkap"/></dataObjectReference>'
        '<dataStoreReference id="dsr" name="Arsip" dataStoreRef="ds"/><group id="g" categoryValueRef="cv1"/>'
    )
    task = '<userTask id="t"><ioSpecification><dataInput id="di1"/><inputSet><dataInputRefs>di1</dataInputRefs></inputSet><outputSet/></ioSpecification><dataInputAssociation id="dia"><sourceRef>dor</sourceRef><targetRef>di1</targetRef></dataInputAssociation></userTask>'
    around = '<itemDefinition id="it" itemKind="Information" isCollection="true"/><category id="cat" name="Kategori"><categoryValue id="cv1" value="Tahap 1"/></category><dataStore id="ds" name="Arsip" capacity="10" isUnlimited="false"/>'
    drawn = picture(
        "proses",
        shape("dor", 10, 200, 36, 50),
        shape("dsr", 100, 200, 50, 50),
        shape("g", 0, 0, 500, 300),
        shape("t", 200, 80),
        shape("s", 100, 100, 36, 36),
        edge("dia", (30, 200), (200, 160)),
    )
    return file("", around + line("", task, more=more) + drawn)


def _several_diagrams() -> str:
    sub = '<subProcess id="t" name="Bagian"><startEvent id="si"/><endEvent id="ei"/><sequenceFlow id="fi" sourceRef="si" targetRef="ei"/></subProcess>'
    inner = picture(
        "t",
        shape("si", 10, 10, 36, 36),
        shape("ei", 100, 10, 36, 36),
        edge("fi", (46, 28), (100, 28)),
        name="dalam",
        more=' name="Bagian"',
    )
    return file("", line("", sub) + LINE.replace('bpmnElement="t">', 'bpmnElement="t" isExpanded="false">') + inner)


def _several_pools() -> str:
    def one(n: int) -> str:
        made = line("", f'<userTask id="t" name="Langkah {n}"/>').replace('"proses"', f'"proses{n}"')
        for each in ("s", "t", "e", "f1", "f2"):
            made = (
                made.replace(f'"{each}"', f'"{each}_{n}"')
                .replace(f"'{each}'", f'"{each}_{n}"')
                .replace(f">{each}<", f">{each}_{n}<")
            )
        return made

    pools = '<collaboration id="c"><participant id="p1" name="Satu" processRef="proses1"/><participant id="p2" name="Dua" processRef="proses2"/><messageFlow id="mf" name="surat" sourceRef="t_1" targetRef="t_2"/></collaboration>'
    drawn = [
        shape("p1", 0, 0, 600, 200, ' isHorizontal="true"'),
        shape("p2", 0, 300, 600, 200, ' isHorizontal="true"'),
        shape("t_1", 200, 60),
        shape("t_2", 200, 360),
        edge("mf", (250, 140), (250, 360)),
    ]
    return file("", pools + one(1) + one(2) + picture("c", *drawn))


def _di_extension() -> str:
    held = (
        '<di:extension><yed:geometry xmlns:yed="http://www.yworks.com/xml/yfiles-bpmn/2.0" radius="3"/></di:extension>'
    )
    drawn = picture(
        "proses",
        shape("t", 10, 10).replace("<dc:", f"{held}<dc:"),
        edge("f1", (0, 0), (5, 5), more=' sourceElement="s_di" targetElement="t_di" messageVisibleKind="initiating"'),
    )
    return file("", line("", '<task id="t"/>') + drawn)


def _out_of_order() -> str:
    return file(
        "",
        LINE
        + '<process id="proses"><sequenceFlow id="f1" sourceRef="s" targetRef="t"/><endEvent id="e"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/><!-- di tengah --><textAnnotation id="n"><text>x</text></textAnnotation><task id="t"/><laneSet id="ls"><lane id="l"><flowNodeRef>t</flowNodeRef></lane></laneSet><startEvent id="s"/></process><message id="m" name="M"/>',
    )


def _events() -> str:
    body = (
        '<message id="m" name="Surat" itemRef="it"/><signal id="sg" name="Sinyal" structureRef="it"/><error id="er" name="Galat" errorCode="E1" structureRef="it"/><escalation id="es" escalationCode="X"/><itemDefinition id="it"/>'
        '<process id="proses"><startEvent id="s" isInterrupting="true" parallelMultiple="false"><messageEventDefinition id="md" messageRef="m"><operationRef>op</operationRef></messageEventDefinition></startEvent>'
        '<boundaryEvent id="b" attachedToRef="t" cancelActivity="true"><timerEventDefinition id="td"><timeDuration xsi:type="tFormalExpression" id="dur">PT72H</timeDuration></timerEventDefinition></boundaryEvent>'
        '<userTask id="t" default="f2"/><intermediateThrowEvent id="th"><signalEventDefinition signalRef="sg"/></intermediateThrowEvent><endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>'
        '<eventBasedGateway id="eg" instantiate="false" eventGatewayType="Exclusive" gatewayDirection="Diverging"/><complexGateway id="cg"><activationCondition>x &gt; 1</activationCondition></complexGateway>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="t" isImmediate="true"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/></process><interface id="if" name="I"><operation id="op" name="O"><inMessageRef>m</inMessageRef></operation></interface>'
    )
    return file("", body).replace('eventGatewayType="Exclusive"', 'eventGatewayType="exclusive"')


def _conditions() -> str:
    more = '<exclusiveGateway id="g" default="g2"/><sequenceFlow id="g1" name="Ya" sourceRef="g" targetRef="e"><documentation>cabang</documentation><extensionElements><x:y a="1"/></extensionElements><conditionExpression xsi:type="tFormalExpression" language="http://java.sun.com/products/jsp" evaluatesToTypeRef="xsd:boolean"><![CDATA[${a > 1 && b < 2}]]></conditionExpression></sequenceFlow><sequenceFlow id="g2" sourceRef="g" targetRef="t"/>'
    return file("", line("", '<task id="t"/>', more=more), x="urn:x", xsd="http://www.w3.org/2001/XMLSchema")


def _loops() -> str:
    task = '<task id="t"><standardLoopCharacteristics id="sl" testBefore="false" loopMaximum="3"><loopCondition xsi:type="tFormalExpression">x</loopCondition></standardLoopCharacteristics></task>'
    more = '<adHocSubProcess id="ah" ordering="Parallel" cancelRemainingInstances="true"><task id="ta"/><completionCondition>selesai</completionCondition></adHocSubProcess><transaction id="tr" method="##Compensate"><task id="tb"/></transaction><callActivity id="ca" calledElement="lain" /><subProcess id="ev" triggeredByEvent="true"><startEvent id="es" isInterrupting="false"><timerEventDefinition><timeCycle>R3/PT10M</timeCycle></timerEventDefinition></startEvent></subProcess>'
    return file("", line("", task, more=more))


def _resources() -> str:
    task = '<userTask id="t"><potentialOwner id="po" name="petugas"><resourceRef>r</resourceRef><resourceAssignmentExpression id="rae"><formalExpression>group(a)</formalExpression></resourceAssignmentExpression></potentialOwner><rendering id="rd"/></userTask>'
    head = 'id="proses" processType="Private" isClosed="false" definitionalCollaborationRef="c"'
    return file(
        "",
        '<resource id="r" name="Petugas"><resourceParameter id="rp" name="a" type="xsd:string" isRequired="true"/></resource><globalUserTask id="gu" name="Global"/><partnerRole id="pr" name="Mitra"><participantRef>pa</participantRef></partnerRole><collaboration id="c"><participant id="pa"/></collaboration>'
        + line("", task, head=head, more='<property id="prop" name="p" itemSubjectRef="xsd:string"/>'),
        xsd="http://www.w3.org/2001/XMLSchema",
    )


def _comments() -> str:
    return (
        file(
            "bpmn",
            "<!-- kepala -->"
            + line(
                "bpmn",
                '<!-- sebelum --><bpmn:task id="t"><bpmn:extensionElements><!-- di dalam --><x:a/></bpmn:extensionElements></bpmn:task><!-- sesudah -->',
            )
            + "<!-- kaki -->"
            + LINE,
            "",
            UTF8 + "<!-- Dibuat\n oleh alat lain -->\n",
            x="urn:x",
        )
        + "\n<!-- akhir -->\n"
    )


def _mixed_content() -> str:
    return file(
        "",
        line(
            "",
            '<task id="t"><extensionElements><h:p xmlns:h="http://www.w3.org/1999/xhtml">Satu <h:b>dua</h:b> tiga<h:br/>empat</h:p></extensionElements></task>',
        )
        + LINE,
    )


def _unknown_bpmn() -> str:
    task = '<task id="t" x:warna="merah" bpmnBaru="1"><caseTaskBaru id="k" a="b"><isi>teks</isi></caseTaskBaru></task>'
    return file(
        "",
        line("", task, more='<quantumTask id="q" name="Baru"><incoming>f9</incoming></quantumTask>')
        + "<extension mustUnderstand='false' definition='x:warna'><documentation>d</documentation></extension>",
        x="urn:x",
    )


def _redeclared() -> str:
    task = '<b:userTask id="t"><b:extensionElements><a:x xmlns:a="urn:satu"><a:x xmlns:a="urn:dua" a:y="1"/></a:x><z xmlns="urn:tiga"/><w xmlns="" k="v"/></b:extensionElements></b:userTask>'
    return file("b", line("b", task) + LINE)


def _target_prefix() -> str:
    return file(
        "",
        '<message id="m" name="M"/>'
        + line(
            "",
            '<receiveTask id="t" messageRef="tns:m"><incoming>tns:f1</incoming></receiveTask>',
            more='<dataObject id="d" itemSubjectRef="tns:it"/>',
        )
        + '<itemDefinition id="it" structureRef="xsd:string"/>'
        + LINE.replace('bpmnElement="t"', 'bpmnElement="tns:t"'),
        tns="http://contoh.test/bpmn",
        xsd="http://www.w3.org/2001/XMLSchema",
    )


KINDS: dict[str, bytes] = {
    "choreography": _choreography().encode(),
    "conversation": _conversation().encode(),
    "data-and-groups": _data().encode(),
    "several-diagrams": _several_diagrams().encode(),
    "several-pools": _several_pools().encode(),
    "di-extension": _di_extension().encode(),
    "out-of-order": _out_of_order().encode(),
    "events": _events().encode(),
    "conditions-cdata": _conditions().encode(),
    "loops": _loops().encode(),
    "resources": _resources().encode(),
    "comments": _comments().encode(),
    "mixed-content": _mixed_content().encode(),
    "unknown-elements": _unknown_bpmn().encode(),
    "prefixes-redeclared": _redeclared().encode(),
    "target-prefix": _target_prefix().encode(),
}
